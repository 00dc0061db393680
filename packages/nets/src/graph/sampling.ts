import {
  abs,
  add,
  cast,
  div,
  gather,
  matMul,
  max,
  min,
  mod,
  mul,
  range,
  sizeOf,
  squeeze,
  sub,
  transpose,
  unsqueeze,
} from "./builders.ts";
import { same } from "./dimension.ts";
import { constant, integers, type Tensor } from "./tensor.ts";

/**
 * Resizes x by nearest neighbour as TensorFlow 1 does: pixel i is copied from floor(i * (in / out)), with quotient and
 * product each rounded to float32.
 *
 * ONNX's Resize divides by the inverse factor instead and is one pixel off at some common sizes (400 to 96), so the
 * positions are computed in the graph.
 *
 * @param height the new height, an int64 vector of one element known from the sizes of the graph; same for `width`.
 * @example
 * // runs
 * const overview = resizeNearest(image, integers([32]), integers([32])); // [1, 3, 32, 32]
 * const enlarged = resizeNearest(overview, sizeOf(image, 2), sizeOf(image, 3)); // [1, 3, 64, 96]
 */
export function resizeNearest(x: Tensor, height: Tensor, width: Tensor): Tensor {
  return resizeAxis(resizeAxis(x, 2, height), 3, width);
}

function resizeAxis(x: Tensor, axis: number, size: Tensor): Tensor {
  if (size.value?.[0] !== undefined && same(x.shape[axis], size.value[0])) return x;
  const present = sizeOf(x, axis); // [1]
  const scale = div(cast(present, "float32"), cast(size, "float32"));
  const positions = mul(cast(positionsOf(size), "float32"), scale); // [size]
  return gather(x, min(cast(positions, "int64"), sub(present, integers([1]))), axis);
}

/**
 * Mirrors x beyond its ends along an axis; a border wider than the picture mirrors it repeatedly.
 *
 * @param before pixels added at the start, an int64 vector of one element known from the sizes of the graph; same for
 * `after`, at the end.
 */
export function mirrorBorder(x: Tensor, axis: number, before: Tensor, after: Tensor): Tensor {
  const size = sizeOf(x, axis); // [1]
  const last = sub(size, integers([1]));
  const positions = sub(positionsOf(add(size, add(before, after))), before); // [before + size + after], from -before
  // A mirrored picture has a period of twice the distance between its outermost pixels; at least 1, for a single pixel.
  const period = max(add(last, last), integers([1]));
  const phase = mod(positions, period);
  return gather(x, min(phase, sub(period, phase)), axis);
}

/**
 * Resizes pictures to a square; each pixel is the mean of the area it covers, with pixels partly inside weighted by
 * their share. Equals `areaReduce` of the core package. A smaller picture is enlarged the same way.
 *
 * @param x [batch, channels, height, width] of any size.
 * @example
 * // runs
 * const overview = reduceArea(image, 16); // [1, 3, 16, 16]
 */
export function reduceArea(x: Tensor, sidePx: number): Tensor {
  const along = (axis: number) => {
    const size = sizeOf(x, axis);
    const ratio = div(cast(size, "float32"), sidePx); // [1]
    const from = mul(unsqueeze(cast(positionsOf(integers([sidePx])), "float32"), [1]), ratio); // [side, 1]
    const pixels = cast(positionsOf(size), "float32"); // [size]
    const covered = sub(min(add(from, ratio), add(pixels, 1)), max(from, pixels)); // [side, size]
    return div(max(covered, 0), ratio);
  };
  return matMul(matMul(along(2), x), transpose(along(3), [1, 0]));
}

/**
 * Samples each picture of a batch at rows and columns of its own, bilinearly: result[i, c, y, x] is x[i, c] at row
 * rows[i, y] and column columns[i, x], where whole numbers are the centres of pixels.
 *
 * Computed as two products with matrices of interpolation weights, because Gather takes the same indices for every picture.
 *
 * @param x [batch, channels, height, width], the last two in numbers.
 * @param rows positions from 0 to height - 1, [batch, rows]; `columns` likewise, to width - 1.
 * @returns [batch, channels, rows, columns].
 * @example
 * // runs
 * const corner = sampleBilinear(image, constant([0, 0.5], [1, 2]), constant([0, 0.5], [1, 2])); // [1, 3, 2, 2]
 */
export function sampleBilinear(x: Tensor, rows: Tensor, columns: Tensor): Tensor {
  const weights = (places: Tensor, size: number) => {
    const all = constant(Float32Array.from({ length: size }, (_, i) => i));
    return max(sub(1, abs(sub(unsqueeze(places, [1, 3]), all))), 0); // [batch, 1, places, size]
  };
  const [height, width] = [x.shape[2] as number, x.shape[3] as number];
  return matMul(matMul(weights(rows, height), x), transpose(weights(columns, width), [0, 1, 3, 2]));
}

/**
 * Enlarges a map bilinearly to the size of a picture, its outer edges on the picture's (half-pixel centres).
 *
 * @param map [batch, channels, side, side], the sides in numbers.
 * @param picture [batch, channels, height, width] of any size.
 * @returns [batch, channels of the map, height, width].
 * @example
 * // runs
 * const map = reduceArea(image, 16); // [1, 3, 16, 16]
 * const smooth = enlargeTo(map, image); // [1, 3, 64, 96]
 */
export function enlargeTo(map: Tensor, picture: Tensor): Tensor {
  const places = (axis: number) => {
    const size = sizeOf(picture, axis);
    const side = map.shape[axis] as number;
    const centres = mul(add(cast(positionsOf(size), "float32"), 0.5), div(side, cast(size, "float32")));
    return unsqueeze(min(max(sub(centres, 0.5), 0), side - 1), [0]); // [1, size]
  };
  return sampleBilinear(map, places(2), places(3));
}

/** The integers from 0 up to a size - 1; the size is an int64 vector of one element. */
function positionsOf(size: Tensor): Tensor {
  return range(squeeze(size, [0]));
}
