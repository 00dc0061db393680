import { add, concat, div, mul, pad, sizeOf, slice, sub } from "./builders.ts";
import { mirrorBorder } from "./sampling.ts";
import { integers, type Tensor } from "./tensor.ts";

/**
 * Mirrors x outwards until height and width are multiples of a number: half of the missing pixels, rounded down, at the
 * start, the rest at the end. Works for any size, even if the border is wider than the picture.
 *
 * @example
 * // runs
 * const padded = padToMultiple(image, 40); // [1, 3, 80, 120]
 */
export function padToMultiple(x: Tensor, multiple: number): Tensor {
  return [2, 3].reduce((padded, axis) => {
    const missing = countMissing(x, axis, multiple);
    const before = halve(missing);
    return mirrorBorder(padded, axis, before, sub(missing, before));
  }, x);
}

/**
 * Cuts the middle of x to the height and width of `like`: undoes `padToMultiple`.
 *
 * @example
 * // runs
 * const enhanced = sigmoid(padToMultiple(image, 40)); // [1, 3, 80, 120]
 * const cropped = cropBorder(enhanced, image); // [1, 3, 64, 96]
 */
export function cropBorder(x: Tensor, like: Tensor): Tensor {
  return [2, 3].reduce((cropped, axis) => {
    const size = sizeOf(like, axis);
    const before = halve(sub(sizeOf(x, axis), size));
    return slice(cropped, axis, before, add(before, size));
  }, x);
}

/**
 * Repeats the last row and column of x until height and width are multiples of a number. A tile that begins at such a
 * multiple gets the same border as the whole picture.
 */
export function repeatEdgeToMultiple(x: Tensor, multiple: number): Tensor {
  const missing = [2, 3].map((axis) => countMissing(x, axis, multiple));
  if (missing.every(({ value }) => value?.[0] === 0)) return x;
  return pad(x, concat([integers([0, 0, 0, 0, 0, 0]), ...missing], 0), "edge");
}

/** Computes the pixels that x lacks along an axis to a multiple of a number, an int64 vector of one element. */
function countMissing(x: Tensor, axis: number, multiple: number): Tensor {
  const size = sizeOf(x, axis);
  const up = add(size, integers([multiple - 1]));
  return sub(mul(div(up, integers([multiple])), integers([multiple])), size);
}

function halve(size: Tensor): Tensor {
  return div(size, integers([2]));
}
