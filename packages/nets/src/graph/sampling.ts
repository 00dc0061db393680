import { same } from "./dimension.ts";
import { add, div, max, min, mod, mul, sub } from "./operations/arithmetic.ts";
import { equal, where } from "./operations/comparison.ts";
import { squeeze, transpose, unsqueeze } from "./operations/layout.ts";
import { matMul } from "./operations/matrix.ts";
import { gather } from "./operations/parts.ts";
import { cast, range, sizeOf } from "./operations/sizes.ts";
import { constant, integers, type Tensor } from "./tensor.ts";

/**
 * x with its height and width brought to given sizes by repeating or dropping pixels, as TensorFlow 1 does it:
 * pixel i is taken from floor(i * in / out), with quotient and product each rounded to float32.
 *
 * ONNX's own Resize divides where TensorFlow multiplies and lands one pixel off at some common sizes (400 to 96), so
 * the positions are computed in the graph.
 *
 * @param height the new height, an int64 vector of one element known from the sizes of the graph; `width` likewise.
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
 * x mirrored beyond its ends along an axis, however far: wider borders go back and forth over the picture.
 *
 * @param before pixels added at the start, an int64 vector of one element known from the sizes of the graph; `after`
 * likewise at the end.
 */
export function mirrorBorder(x: Tensor, axis: number, before: Tensor, after: Tensor): Tensor {
  const size = sizeOf(x, axis); // [1]
  const last = sub(size, integers([1]));
  const positions = sub(positionsOf(add(size, add(before, after))), before); // [before + size + after], from -before
  // Mirrored pictures repeat after twice the distance between their outermost pixels; a single pixel has none.
  const period = max(add(last, last), integers([1]));
  const phase = mod(positions, period);
  return gather(x, min(phase, sub(period, phase)), axis);
}

/**
 * Pictures reduced to a square, each pixel the mean of the area it covers, shares of pixels counted: what `areaReduce`
 * of the pipeline does. A smaller picture is enlarged the same way.
 *
 * @param x [batch, channels, height, width] of any size.
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
 * Pixels of every picture of a batch taken by rows and columns of its own: result [i, c, y, x] is
 * x [i, c, rows [i, y], columns [i, x]].
 *
 * As two products with matrices of zeros and ones, which have a gradient where picking by index differs from picture
 * to picture.
 *
 * @param x [batch, channels, height, width], the last two in numbers.
 * @param rows whole numbers as float32, [batch, rows]; `columns` likewise.
 */
export function pickPixels(x: Tensor, rows: Tensor, columns: Tensor): Tensor {
  const chooser = (places: Tensor, size: number) => {
    const all = constant(Float32Array.from({ length: size }, (_, i) => i));
    return where(equal(unsqueeze(places, [1, 3]), all), 1, 0); // [batch, 1, places, size]
  };
  const [height, width] = [x.shape[2] as number, x.shape[3] as number];
  return matMul(matMul(chooser(rows, height), x), transpose(chooser(columns, width), [0, 1, 3, 2]));
}

/** 0 up to a size given as an int64 vector of one element. */
function positionsOf(size: Tensor): Tensor {
  return range(squeeze(size, [0]));
}
