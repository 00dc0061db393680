import { attribute } from "../attribute.ts";
import { countElements, same } from "../dimension.ts";
import { applyOne, defineOperation, floatShape, refuse } from "../operation.ts";
import type { Build, Operation, Tensor } from "../tensor.ts";
import { broadcastShape, sumTo } from "./broadcast.ts";

/** Product of matrices; the outer axes are batches and broadcast. */
const matMulOperation = defineOperation({
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
    return countElements(output) * a.at(-1)!;
  },
  reach: () => undefined,
  gradient: ({ inputs: [a, b] }, [g], build) => [
    sumTo(build, build.matMul(g!, transposeMatrix(build, b!)), a!),
    sumTo(build, build.matMul(transposeMatrix(build, a!), g!), b!),
  ],
});

/** alpha * A B + beta * C, where A and B can each be transposed and C broadcasts. */
const gemmOperation = defineOperation({
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
    const orient = (tensor: Tensor, turn: boolean) => (turn ? transposeMatrix(build, tensor) : tensor);
    const scaled = build.mul(g!, alpha);
    const da = build.matMul(scaled, orient(b!, transB === 0)); // of A as it enters the product
    const db = build.matMul(orient(a!, transA === 0), scaled);
    return [orient(da, transA === 1), orient(db, transB === 1), c && sumTo(build, build.mul(g!, beta), c)];
  },
});

/** Exchanges the last two axes. */
function transposeMatrix(build: Build, matrix: Tensor): Tensor {
  const axes = matrix.shape.map((_, axis) => axis);
  return build.transpose(matrix, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
}

/** The operations of this family. */
export const matrixOperations: readonly Operation[] = [matMulOperation, gemmOperation];

/**
 * Product of matrices [.., n, k] and [.., k, m]; the outer axes are batches and broadcast.
 *
 * @throws {KindlingError} `invalid-model` if the inner sides differ.
 * @example
 * // runs
 * const rows = reshape(image, [1, 3, -1]); // [1, 3, 6144]
 * const gram = matMul(rows, transpose(rows, [0, 2, 1])); // [1, 3, 3]
 */
export function matMul(a: Tensor, b: Tensor): Tensor {
  return applyOne(matMulOperation, [a, b]);
}
