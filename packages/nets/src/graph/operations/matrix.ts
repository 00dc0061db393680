import { same } from "../dimension.ts";
import { applyOne, attribute, type Build, defineOperation, floatShape, refuse } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { broadcastShape, sumTo } from "./broadcast.ts";

/** Product of matrices; outer axes are batches and broadcast. */
export const matMulOperation = defineOperation({
  type: "MatMul",
  since: 13,
  arity: [2, 2],
  attributes: {},
  infer([a, b]) {
    const [left, right] = [floatShape("MatMul", a), floatShape("MatMul", b)];
    if (left.length < 2 || right.length < 2 || !same(left.at(-1)!, right.at(-2)!)) {
      throw refuse("MatMul", "the columns of the first must be as many as the rows of the second");
    }
    const batches = broadcastShape("MatMul", [left.slice(0, -2), right.slice(0, -2)]);
    return [{ element: "float32", shape: [...batches, left.at(-2)!, right.at(-1)!] }];
  },
  macs([a], output) {
    return output.reduce((product, side) => product * side, 1) * a.at(-1)!;
  },
  reach: () => undefined,
  gradient: ({ inputs: [a, b] }, [g], build) => [
    sumTo(build, build.matMul(g!, transposed(build, b!)), a!),
    sumTo(build, build.matMul(transposed(build, a!), g!), b!),
  ],
});

/** alpha * A B + beta * C of two matrices, either transposed, and an offset. */
export const gemmOperation = defineOperation({
  type: "Gemm",
  since: 13,
  arity: [2, 3],
  attributes: {
    alpha: attribute("float", 1),
    beta: attribute("float", 1),
    transA: attribute("int", 0),
    transB: attribute("int", 0),
  },
  infer([a, b, c], { transA, transB }) {
    const [left, right] = [floatShape("Gemm", a, 2), floatShape("Gemm", b, 2)];
    const [rows, inner] = transA === 1 ? [left[1], left[0]] : left;
    const [inner2, columns] = transB === 1 ? [right[1], right[0]] : right;
    if (!same(inner, inner2))
      throw refuse("Gemm", "the columns of the first must be as many as the rows of the second");
    if (c) broadcastShape("Gemm", [[rows, columns], floatShape("Gemm", c)]);
    return [{ element: "float32", shape: [rows, columns] }];
  },
  macs([a], output, { transA }) {
    return output[0] * output[1] * a[transA === 1 ? 0 : 1];
  },
  reach: () => undefined,
  gradient({ inputs: [a, b, c], attributes: { alpha, beta, transA, transB } }, [g], build) {
    const turned = (tensor: Tensor, turn: boolean) => (turn ? transposed(build, tensor) : tensor);
    const scaled = build.mul(g!, alpha);
    const da = build.matMul(scaled, turned(b!, transB === 0)); // of A as it is multiplied
    const db = build.matMul(turned(a!, transA === 0), scaled);
    return [turned(da, transA === 1), turned(db, transB === 1), c && sumTo(build, build.mul(g!, beta), c)];
  },
});

/** The last two axes exchanged. */
function transposed(build: Build, matrix: Tensor): Tensor {
  const axes = matrix.shape.map((_, axis) => axis);
  return build.transpose(matrix, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
}

/**
 * Product of matrices [.., n, k] and [.., k, m]; outer axes are batches and broadcast.
 *
 * @throws {KindlingError} `invalid-model` where the inner sides differ.
 */
export function matMul(a: Tensor, b: Tensor): Tensor {
  return applyOne(matMulOperation, [a, b]);
}
