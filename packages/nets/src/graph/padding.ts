import { add, div, mul, sub } from "./operations/arithmetic.ts";
import { concat, pad, slice } from "./operations/parts.ts";
import { sizeOf } from "./operations/sizes.ts";
import { mirrorBorder } from "./sampling.ts";
import { integers, type Tensor } from "./tensor.ts";

/**
 * x mirrored outwards until height and width are multiples of a number: half of what is missing at the start, rounded
 * down, the rest at the end. Works at any size, also where the border is wider than the picture.
 */
export function padToMultiple(x: Tensor, multiple: number): Tensor {
  return [2, 3].reduce((padded, axis) => {
    const size = sizeOf(x, axis);
    const up = add(size, integers([multiple - 1]));
    const missing = sub(mul(div(up, integers([multiple])), integers([multiple])), size);
    const before = half(missing);
    return mirrorBorder(padded, axis, before, sub(missing, before));
  }, x);
}

/** The middle of x, of the height and width that `like` has: undoes `padToMultiple`. */
export function cropBorder(x: Tensor, like: Tensor): Tensor {
  return [2, 3].reduce((cropped, axis) => {
    const size = sizeOf(like, axis);
    const before = half(sub(sizeOf(x, axis), size));
    return slice(cropped, axis, before, add(before, size));
  }, x);
}

/**
 * x with its last row and column repeated at the bottom and right until height and width are multiples of a number. A
 * tile that begins at such a multiple is continued as the whole picture is.
 */
export function repeatEdgeToMultiple(x: Tensor, multiple: number): Tensor {
  const missing = [2, 3].map((axis) => {
    const size = sizeOf(x, axis);
    const up = add(size, integers([multiple - 1]));
    return sub(mul(div(up, integers([multiple])), integers([multiple])), size);
  });
  if (missing.every(({ value }) => value?.[0] === 0)) return x;
  return pad(x, concat([integers([0, 0, 0, 0, 0, 0]), ...missing], 0), "edge");
}

function half(size: Tensor): Tensor {
  return div(size, integers([2]));
}
