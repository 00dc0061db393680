import type { Pair } from "../dimension.ts";
import { pictureSides } from "../operation.ts";
import { type Build, constant, type Node, type Tensor } from "../tensor.ts";
import { type PoolAttributes, paddingAlong, pairOf } from "./windows.ts";

type Gradients = readonly (Tensor | undefined)[];

/** The gradient of max pooling: it goes to the largest of each window, in equal shares if several are equal. */
export function maxPoolGradient(node: Node<PoolAttributes>, [g]: Gradients, build: Build): Gradients {
  const [x] = node.inputs as [Tensor];
  const [y] = node.outputs as [Tensor];
  return [
    isHalving(x, node.attributes)
      ? halvingGradient(build, x, y, g!)
      : overlappingGradient(build, x, y, g!, node.attributes),
  ];
}

/** Whether the windows are the 2x2 blocks of `maxPool2`, which cover the picture. */
function isHalving(x: Tensor, { kernel_shape, strides, pads, dilations, auto_pad, ceil_mode }: PoolAttributes) {
  const even = pictureSides("MaxPool", x).every((side) => side % 2 === 0);
  return (
    [...kernel_shape!, ...strides].every((value) => value === 2) &&
    [...dilations].every((value) => value === 1) &&
    pads.every((value) => value === 0) &&
    (even || ceil_mode === 1 || auto_pad === "SAME_UPPER")
  );
}

function halvingGradient(build: Build, x: Tensor, y: Tensor, g: Tensor): Tensor {
  const [height, width] = pictureSides("MaxPool", x);
  const spread = (tensor: Tensor) => {
    const doubled = build.repeatPixels(tensor, 2);
    return height % 2 === 0 && width % 2 === 0 ? doubled : build.window(doubled, 2, [0, 0], [height, width]);
  };
  const largest = build.cast(build.equal(x, spread(y)), "float32");
  const whole =
    height % 2 === 0 && width % 2 === 0 ? largest : build.pad(largest, [0, 0, 0, 0, 0, 0, height % 2, width % 2]);
  // The mean of a block of four is a quarter of the number of its largest elements.
  const share = build.div(build.mul(g, 0.25), build.averageBlocks2(whole));
  return build.mul(largest, spread(share));
}

/** The least finite float32. */
const least = -3.4028234663852886e38;

/**
 * The gradient of max pooling with any windows. A convolution with one output channel for each position in the window
 * copies the pixels of each window; its transposed convolution adds their shares up again.
 */
function overlappingGradient(build: Build, x: Tensor, y: Tensor, g: Tensor, attributes: PoolAttributes): Tensor {
  const windows = windowsOf("MaxPool", x, y, attributes);
  const { channels, height, width, positions } = windows;
  const selectors = new Float32Array(channels * positions ** 2);
  for (let i = 0; i < channels * positions; i++) selectors[i * positions + (i % positions)] = 1;
  const weight = constant(selectors, [channels * positions, 1, ...attributes.kernel_shape!]);

  const bounded = build.pad(x, windows.border, "constant", least);
  const copied = build.conv(bounded, weight, undefined, windows.settings);
  const apart = build.reshape(copied, [-1, channels, positions, height, width]);
  const largest = build.cast(build.equal(apart, build.unsqueeze(y, [2])), "float32");
  const share = build.div(g, build.reduceSum(largest, [2], false)); // [batch, channels, height, width]
  const shares = build.mul(largest, build.unsqueeze(share, [2]));
  return restore(build, build.reshape(shares, [-1, channels * positions, height, width]), weight, windows);
}

/** The gradient of average pooling: it goes to all pixels of a window in equal shares. */
export function averagePoolGradient(
  node: Node<PoolAttributes & { readonly count_include_pad: number }>,
  [g]: Gradients,
  build: Build,
): Gradients {
  const { attributes } = node;
  const windows = windowsOf("AveragePool", node.inputs[0]!, node.outputs[0]!, attributes);
  const { channels, height, width, positions, border, sides } = windows;
  const countInside = (axis: 0 | 1, index: number) => {
    // Explicit padding may count; pixels beyond it never do.
    const outer = attributes.count_include_pad === 1 ? [attributes.pads[axis], attributes.pads[axis + 2]] : [0, 0];
    const first = index * attributes.strides[axis] - border[axis + 2];
    const inside = Array.from(
      { length: attributes.kernel_shape![axis] },
      (_, i) => first + i * attributes.dilations[axis],
    );
    return inside.filter((position) => position >= -outer[0] && position < sides[axis] + outer[1]).length;
  };
  const counts = Array.from(
    { length: height * width },
    (_, i) => countInside(0, Math.floor(i / width)) * countInside(1, i % width),
  );
  const share = build.div(g!, constant(counts, [height, width]));
  const weight = constant(new Float32Array(channels * positions).fill(1), [channels, 1, ...attributes.kernel_shape!]);
  return [restore(build, share, weight, windows)];
}

/** Where windows lie in a picture of known size. */
interface Windows {
  readonly channels: number;
  /** Pixels in a window. */
  readonly positions: number;
  /** The number of windows along each axis. */
  readonly height: number;
  readonly width: number;
  /** Height and width of the picture. */
  readonly sides: Pair;
  /** The border, as Pad takes it, with which every window lies inside the picture. */
  readonly border: readonly number[];
  /** The settings of a depthwise convolution with the same windows. */
  readonly settings: { readonly strides: Pair; readonly dilations: Pair; readonly group: number };
}

function windowsOf(type: string, x: Tensor, y: Tensor, attributes: PoolAttributes): Windows {
  const channels = x.shape[1] as number;
  const sides = pictureSides(type, x);
  const [height, width] = pictureSides(type, y);
  const { strides, dilations, kernel_shape } = attributes;
  const kernel = pairOf(kernel_shape!);
  const [[top, bottom], [left, right]] = ([0, 1] as const).map((axis) => {
    const count = [height, width][axis];
    const [before] = paddingAlong(type, sides[axis], count, kernel[axis], attributes, axis);
    const covered = (count - 1) * strides[axis] + (kernel[axis] - 1) * dilations[axis] + 1;
    return [before, Math.max(covered - sides[axis] - before, 0)];
  });
  const border = [0, 0, top, left, 0, 0, bottom, right];
  const settings = { strides: pairOf(strides), dilations: pairOf(dilations), group: channels };
  return { channels, positions: kernel[0] * kernel[1], height, width, sides, border, settings };
}

/** Adds the values of all windows to the pixels they cover. */
function restore(build: Build, values: Tensor, weight: Tensor, windows: Windows): Tensor {
  const { border, sides } = windows;
  const all = build.convTranspose(values, weight, undefined, windows.settings);
  const [, , top, left] = border;
  const inside = build.window(all, 2, [top, left], [top + sides[0], left + sides[1]]);
  const [rows, columns] = pictureSides("pooling", inside);
  // Pixels at the end that no window covered.
  return build.pad(inside, [0, 0, 0, 0, 0, 0, sides[0] - rows, sides[1] - columns]);
}
