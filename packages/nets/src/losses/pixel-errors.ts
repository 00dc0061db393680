import { abs, mul, reduceMean, reduceSum, sub } from "../graph/builders.ts";
import type { Tensor } from "../graph/tensor.ts";

/**
 * Computes the mean of all values of a tensor, a scalar.
 *
 * @example
 * // runs
 * const brightness = meanOf(image); // []
 */
export function meanOf(x: Tensor): Tensor {
  return reduceMean(x, undefined, false);
}

/**
 * Computes the mean absolute difference (L1), a scalar; either tensor may be broadcast.
 *
 * @example
 * // runs
 * const error = meanAbsoluteError(image, target); // []
 */
export function meanAbsoluteError(x: Tensor, target: Tensor): Tensor {
  return meanOf(abs(sub(x, target)));
}

/**
 * Computes the mean squared difference, a scalar; either tensor may be broadcast.
 *
 * @example
 * // runs
 * const error = meanSquaredError(image, target); // []
 */
export function meanSquaredError(x: Tensor, target: Tensor): Tensor {
  const difference = sub(x, target);
  return meanOf(mul(difference, difference));
}

/**
 * Computes the sum of the squares of all values, a scalar.
 *
 * @example
 * // runs
 * const norm = sqrt(sumOfSquares(image)); // []
 */
export function sumOfSquares(x: Tensor): Tensor {
  return reduceSum(mul(x, x), undefined, false);
}
