import { type AttributeValues, type Build, type Pair, pictureSides, refuse } from "../operation.ts";
import { integers, type Node, type Tensor } from "../tensor.ts";
import { paddingAlong, pairOf, type WindowAttributes } from "./windows.ts";

type ConvolutionAttributes = AttributeValues & WindowAttributes & { readonly group: number };

type Gradients = readonly (Tensor | undefined)[];

/** What a convolution does with pictures of known sizes. */
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

/** The gradients of a transposed convolution: its result is what the convolution of the same weight would take. */
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
    const turned = build.reshape(build.transpose(weight, [1, 0, 2, 3]), [inputs, outputs, rows * columns]);
    const backwards = Array.from({ length: rows * columns }, (_, i) => rows * columns - 1 - i);
    const flipped = build.reshape(build.gather(turned, integers(backwards), 2), [inputs, outputs, rows, columns]);
    const [down, across] = [0, 1].map((axis) => (kernel[axis] - 1) * dilations[axis]);
    const [top, left, bottom, right] = pads;
    const border = [down - top, across - left, down - bottom, across - right] as const;
    return build.conv(g, flipped, undefined, { pads: border, dilations });
  }
  const [lengths, counts] = [pictureSides("Conv", x), pictureSides("Conv", g)];
  // Rows and columns at the end that no window reached.
  const output_padding = ([0, 1] as const).map((axis) => {
    const reached = (counts[axis] - 1) * strides[axis] + (kernel[axis] - 1) * dilations[axis] + 1;
    return Math.max(lengths[axis] + pads[axis] + pads[axis + 2] - reached, 0);
  });
  if (output_padding.some((extra, axis) => extra >= strides[axis])) {
    throw refuse("Conv", `windows at strides [${strides}] leave [${output_padding}] rows and columns unread`);
  }
  return build.convTranspose(g, weight, undefined, {
    strides,
    dilations,
    pads,
    group,
    output_padding: pairOf(output_padding),
  });
}

/**
 * At stride 1 the gradient is also a convolution with the weight turned around, which ONNX Runtime's processor
 * provider does faster than the transposed one, unless turning the weight costs more than that saves.
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

/** Up to this many pixels in a map, one product over the whole batch is faster than one for each picture. */
const smallMapPx = 1024;

/**
 * The gradient of a convolution's weight: for every position in the window, the product of what the window saw there
 * with the gradient of the result, summed over pixels and batch.
 *
 * One product a position needs no copy of all windows side by side (im2col), and having the gradient as the second,
 * transposed factor leaves the larger one as it lies.
 *
 * @param wide what the windows slide over, [batch, c, rows, columns].
 * @param narrow one value a window, [batch, o, height, width].
 * @returns [o, c / group, kernel rows, kernel columns].
 */
function weightGradient(build: Build, wide: Tensor, narrow: Tensor, geometry: Geometry): Tensor {
  const { kernel, strides, dilations, pads, group } = geometry;
  const [c, o] = [wide.shape[1] as number, narrow.shape[1] as number];
  const [height, width] = pictureSides("Conv", narrow);
  const merged = group === 1 && height * width <= smallMapPx;
  const [top, left, bottom, right] = pads;
  const ordered = merged ? build.transpose(wide, [1, 0, 2, 3]) : wide;
  const padded = pads.every((side) => side === 0)
    ? ordered
    : build.pad(ordered, [0, 0, top, left, 0, 0, bottom, right]);

  const turned = merged
    ? build.reshape(build.transpose(narrow, [0, 2, 3, 1]), [-1, o]) // [batch * pixels, o]
    : build.transpose(build.reshape(narrow, [0, group, o / group, -1]), [0, 1, 3, 2]); // [batch, group, pixels, o]
  const products: Tensor[] = [];
  for (let row = 0; row < kernel[0]; row++) {
    for (let column = 0; column < kernel[1]; column++) {
      const [y, x] = [row * dilations[0], column * dilations[1]];
      const ends = [y + (height - 1) * strides[0] + 1, x + (width - 1) * strides[1] + 1] as const;
      const seen = build.window(padded, [y, x], ends, strides);
      const rows = merged ? build.reshape(seen, [c, -1]) : build.reshape(seen, [0, group, c / group, -1]);
      const product = build.matMul(rows, turned);
      products.push(build.unsqueeze(product, [0]));
    }
  }
  const stacked = build.concat(products, 0); // [positions, (batch, group,) c / group, o / group]
  if (merged) return build.reshape(build.transpose(stacked, [2, 1, 0]), [o, c, ...kernel]);
  const summed = build.reduceSum(stacked, [1], false); // [positions, group, c / group, o / group]
  return build.reshape(build.transpose(summed, [1, 3, 2, 0]), [o, c / group, ...kernel]);
}
