import type { Build, Tensor } from "../tensor.ts";

/**
 * Multiplies x by a matrix along one axis: [.., n, ..] by [n, m] gives [.., m, ..]. Resampling a picture along one axis
 * is such a product, and so is its gradient, with the matrix transposed.
 */
export function axisProduct(build: Build, x: Tensor, axis: number, matrix: Tensor): Tensor {
  const last = x.shape.length - 1;
  if (axis === last) return build.matMul(x, matrix);
  if (axis === last - 1) return build.matMul(build.transpose(matrix, [1, 0]), x);
  const exchanged = x.shape.map((_, i) => (i === axis ? last : i === last ? axis : i));
  return build.transpose(build.matMul(build.transpose(x, exchanged), matrix), exchanged);
}
