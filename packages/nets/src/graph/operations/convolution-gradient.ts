import type { Pair } from "../dimension.ts";
import { pictureSides } from "../operation.ts";
import { type Build, integers, type Node, type Tensor } from "../tensor.ts";
import { paddingAlong, pairOf, type WindowAttributes } from "./windows.ts";

type ConvolutionAttributes = WindowAttributes & { readonly group: number };

type Gradients = readonly (Tensor | undefined)[];

/** A convolution of pictures of known sizes; `pads` are those at the top, left, bottom and right. */
interface Geometry {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly pads: readonly [number, number, number, number];
  readonly group: number;
}

/** The gradients of a convolution with respect to x, weight and bias. */
export function convGradient(node: Node<ConvolutionAttributes>, [g]: Gradients, build: Build): Gradients {
  const [x, weight, bias] = node.inputs as [Tensor, Tensor, Tensor?];
  const geometry = geometryOf("Conv", x, g!, weight, node.attributes);
  return [
    dataGradient(build, x, weight, g!, geometry),
    weightGradient(build, x, g!, geometry),
    bias && build.reduceSum(g!, [0, 2, 3], false),
  ];
}

/** The gradients of a transposed convolution: the convolution with the same weight maps its result's shape to x's. */
export function convTransposeGradient(node: Node<ConvolutionAttributes>, [g]: Gradients, build: Build): Gradients {
  const [x, weight, bias] = node.inputs as [Tensor, Tensor, Tensor?];
  const geometry = geometryOf("ConvTranspose", g!, x, weight, node.attributes);
  const { strides, dilations, pads, group } = geometry;
  return [
    build.conv(g!, weight, undefined, { strides, dilations, pads, group }),
    weightGradient(build, g!, x, geometry),
    bias && build.reduceSum(g!, [0, 2, 3], false),
  ];
}

function geometryOf(
  type: string,
  wide: Tensor,
  narrow: Tensor,
  weight: Tensor,
  attributes: ConvolutionAttributes,
): Geometry {
  const { strides, dilations, group } = attributes;
  const [lengths, counts] = [pictureSides(type, wide), pictureSides(type, narrow)];
  const kernel = pictureSides(type, weight);
  const [[top, bottom], [left, right]] = ([0, 1] as const).map((axis) =>
    paddingAlong(type, lengths[axis], counts[axis], kernel[axis], attributes, axis),
  );
  return { kernel, strides: pairOf(strides), dilations: pairOf(dilations), pads: [top, left, bottom, right], group };
}

function dataGradient(build: Build, x: Tensor, weight: Tensor, g: Tensor, geometry: Geometry): Tensor {
  const { kernel, strides, dilations, pads, group } = geometry;
  if (prefersFlippedWeight(weight, g, geometry)) {
    const [outputs, inputs, rows, columns] = weight.shape as readonly number[];
    const swapped = build.reshape(build.transpose(weight, [1, 0, 2, 3]), [inputs, outputs, rows * columns]);
    const backwards = Array.from({ length: rows * columns }, (_, i) => rows * columns - 1 - i);
    const flipped = build.reshape(build.gather(swapped, integers(backwards), 2), [inputs, outputs, rows, columns]);
    const [down, across] = [0, 1].map((axis) => (kernel[axis] - 1) * dilations[axis]);
    const [top, left, bottom, right] = pads;
    const border = [down - top, across - left, down - bottom, across - right] as const;
    return build.conv(g, flipped, undefined, { pads: border, dilations });
  }
  const [lengths, counts] = [pictureSides("Conv", x), pictureSides("Conv", g)];
  // Rows and columns at the end that no window covered.
  const output_padding = ([0, 1] as const).map((axis) => {
    const covered = (counts[axis] - 1) * strides[axis] + (kernel[axis] - 1) * dilations[axis] + 1;
    return Math.max(lengths[axis] + pads[axis] + pads[axis + 2] - covered, 0);
  });
  return build.convTranspose(g, weight, undefined, {
    strides,
    dilations,
    pads,
    group,
    output_padding: pairOf(output_padding),
  });
}

/**
 * Whether to compute the gradient as a convolution with the flipped weight, possible at stride 1. ONNX Runtime's CPU
 * provider computes it faster than the transposed convolution, unless flipping the weight costs more than that saves.
 */
function prefersFlippedWeight(weight: Tensor, g: Tensor, { kernel, strides, dilations, pads, group }: Geometry) {
  const [outputs, inputs] = weight.shape as readonly number[];
  const [rows, columns] = pictureSides("Conv", g);
  const batch = typeof g.shape[0] === "number" ? g.shape[0] : 1;
  return (
    group === 1 &&
    strides.every((stride) => stride === 1) &&
    pads.every((width, i) => width <= (kernel[i % 2] - 1) * dilations[i % 2]) &&
    inputs >= 8 &&
    batch * rows * columns > 100 * outputs
  );
}

/** Up to this many pixels in a feature map, one matrix product over the whole batch is faster than one a picture. */
const smallMapPx = 1024;

/**
 * The gradient of a convolution's weight: for each position in the window, the product of the result's gradient and the
 * pixels that the windows have at that position, summed over pixels and batch.
 *
 * One product a position needs no copy of all windows side by side (im2col), which takes longer to make than it saves.
 *
 * @param wide the tensor that the windows slide over, [batch, c, rows, columns].
 * @param narrow one value a window, [batch, o, height, width].
 * @returns [o, c / group, kernel rows, kernel columns].
 */
function weightGradient(build: Build, wide: Tensor, narrow: Tensor, geometry: Geometry): Tensor {
  const [height, width] = pictureSides("Conv", narrow);
  const small = geometry.group === 1 && height * width <= smallMapPx;
  return small
    ? weightGradientAtOnce(build, wide, narrow, geometry)
    : weightGradientByPicture(build, wide, narrow, geometry);
}

function weightGradientAtOnce(build: Build, wide: Tensor, narrow: Tensor, geometry: Geometry): Tensor {
  const [c, o] = [wide.shape[1] as number, narrow.shape[1] as number];
  const [top, left, bottom, right] = geometry.pads;
  const padded = padUnlessZero(build, build.transpose(wide, [0, 2, 3, 1]), [0, top, left, 0, 0, bottom, right, 0]);
  const gradient = build.reshape(build.transpose(narrow, [1, 0, 2, 3]), [o, -1]); // [o, batch * pixels]
  const products = positionsOf(geometry, pictureSides("Conv", narrow)).map(({ starts, ends }) => {
    const seen = build.window(padded, 1, starts, ends, geometry.strides); // [batch, height, width, c]
    return build.unsqueeze(build.matMul(gradient, build.reshape(seen, [-1, c])), [2]);
  });
  return build.reshape(build.concat(products, 2), [o, c, ...geometry.kernel]);
}

function weightGradientByPicture(build: Build, wide: Tensor, narrow: Tensor, geometry: Geometry): Tensor {
  const { group } = geometry;
  const [c, o] = [(wide.shape[1] as number) / group, (narrow.shape[1] as number) / group];
  const [top, left, bottom, right] = geometry.pads;
  const padded = padUnlessZero(build, wide, [0, 0, top, left, 0, 0, bottom, right]);
  const flat = (tensor: Tensor, channels: number) => build.reshape(tensor, [0, group, channels, -1]);
  // Transposing copies a factor, so the smaller one is transposed.
  const product = (a: Tensor, b: Tensor) => build.matMul(a, build.transpose(b, [0, 1, 3, 2]));
  const products = positionsOf(geometry, pictureSides("Conv", narrow)).map(({ starts, ends }) => {
    const seen = flat(build.window(padded, 2, starts, ends, geometry.strides), c);
    return build.unsqueeze(c > o ? product(seen, flat(narrow, o)) : product(flat(narrow, o), seen), [0]);
  });
  const summed = build.reduceSum(build.concat(products, 0), [1], false); // [positions, group, o or c, c or o]
  const ordered = build.transpose(summed, c > o ? [1, 3, 2, 0] : [1, 2, 3, 0]);
  return build.reshape(ordered, [o * group, c, ...geometry.kernel]);
}

function padUnlessZero(build: Build, x: Tensor, pads: readonly number[]): Tensor {
  return pads.every((side) => side === 0) ? x : build.pad(x, pads);
}

/** For each position in the window, the part of the padded picture that the windows have at that position. */
function positionsOf({ kernel, strides, dilations }: Geometry, [height, width]: Pair) {
  return Array.from({ length: kernel[0] * kernel[1] }, (_, i) => {
    const starts: Pair = [Math.floor(i / kernel[1]) * dilations[0], (i % kernel[1]) * dilations[1]];
    const ends: Pair = [starts[0] + (height - 1) * strides[0] + 1, starts[1] + (width - 1) * strides[1] + 1];
    return { starts, ends };
  });
}
