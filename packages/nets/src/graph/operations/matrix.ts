import { same } from "../dimension.ts";
import { applyOne, attribute, defineOperation, floatShape, refuse } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { broadcastShape } from "./broadcast.ts";

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
});

/**
 * Product of matrices [.., n, k] and [.., k, m]; outer axes are batches and broadcast.
 *
 * @throws {KindlingError} `invalid-model` where the inner sides differ.
 */
export function matMul(a: Tensor, b: Tensor): Tensor {
  return applyOne(matMulOperation, [a, b]);
}
