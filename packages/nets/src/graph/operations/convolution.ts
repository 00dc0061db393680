import { type Dimension, minus, plus, same, times } from "../dimension.ts";
import { applyOne, attribute, defineOperation, floatShape, optionalAttribute, refuse } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { convGradient, convTransposeGradient } from "./convolution-gradient.ts";
import { requireWindow, windowCount, windowReach, windowRules } from "./windows.ts";

/** Weight [outputs, inputs / group, height, width] and optional bias of a convolution, checked. */
function convolutionShapes(
  type: string,
  [x, weight, bias]: readonly (Tensor | undefined)[],
  outputAxis: 0 | 1,
  group: number,
) {
  const [batch, channels, height, width] = floatShape(type, x, 4);
  const sides = floatShape(type, weight, 4);
  if (!sides.every((side) => typeof side === "number")) throw refuse(type, "its weight must have sides in numbers");
  const kernel = sides as readonly number[];
  const perGroup = kernel[1 - outputAxis];
  const outputs = kernel[outputAxis] * (outputAxis === 1 ? group : 1);
  const inputs = perGroup * (outputAxis === 1 ? 1 : group);
  if (!same(channels, inputs) || group < 1 || outputs % group !== 0) {
    throw refuse(
      type,
      `its weight takes ${inputs} channels in ${group} groups, the input has ${JSON.stringify(channels)}`,
    );
  }
  if (bias && !same(floatShape(type, bias, 1)[0], outputs)) throw refuse(type, `its bias must have ${outputs} values`);
  return { batch, height, width, outputs, kernel };
}

/** Convolution of a picture: every output channel sums windows of all input channels of its group. */
export const convOperation = defineOperation({
  type: "Conv",
  since: 11,
  arity: [2, 3],
  attributes: { ...windowRules, group: attribute("int", 1), kernel_shape: optionalAttribute("ints") },
  infer(inputs, attributes) {
    const { batch, height, width, outputs, kernel } = convolutionShapes("Conv", inputs, 0, attributes.group);
    const [, , rows, columns] = kernel;
    const { kernel_shape: stated } = attributes;
    if (stated && (stated[0] !== rows || stated[1] !== columns))
      throw refuse("Conv", `kernel_shape [${stated}] differs from the weight's ${rows}x${columns}`);
    const shape = [
      batch,
      outputs,
      windowCount("Conv", height, rows, attributes, 0),
      windowCount("Conv", width, columns, attributes, 1),
    ];
    return [{ element: "float32", shape }];
  },
  macs([, weight], output) {
    return volume(output) * volume(weight.slice(1));
  },
  reach([, weight], attributes, axis) {
    return windowReach("Conv", weight!.shape[axis] as number, attributes, (axis - 2) as 0 | 1);
  },
  gradient: convGradient,
});

/** Transposed convolution: every input value adds a weighted window to the output. */
export const convTransposeOperation = defineOperation({
  type: "ConvTranspose",
  since: 11,
  arity: [2, 3],
  attributes: {
    ...windowRules,
    group: attribute("int", 1),
    kernel_shape: optionalAttribute("ints"),
    output_padding: attribute("ints", [0, 0]),
  },
  infer(inputs, attributes) {
    requireWindow("ConvTranspose", attributes);
    if (attributes.auto_pad !== "NOTSET")
      throw refuse("ConvTranspose", `auto_pad ${attributes.auto_pad} is not supported`);
    const { batch, height, width, outputs, kernel } = convolutionShapes("ConvTranspose", inputs, 1, attributes.group);
    const { kernel_shape: stated, strides, pads, dilations, output_padding: extra } = attributes;
    if (stated && (stated[0] !== kernel[2] || stated[1] !== kernel[3]))
      throw refuse("ConvTranspose", `kernel_shape [${stated}] differs from the weight's ${kernel[2]}x${kernel[3]}`);
    const side = (length: Dimension, axis: 0 | 1) =>
      plus(
        times(minus(length, 1), strides[axis]),
        (kernel[axis + 2] - 1) * dilations[axis] + 1 + extra[axis] - pads[axis] - pads[axis + 2],
      );
    return [{ element: "float32", shape: [batch, outputs, side(height, 0), side(width, 1)] }];
  },
  macs([x, weight]) {
    return volume(x) * volume(weight.slice(1));
  },
  reach([, weight], { strides, pads, dilations }, axis) {
    const stride = strides[axis - 2];
    const before = pads[axis - 2];
    const span = ((weight!.shape[axis] as number) - 1) * dilations[axis - 2];
    return {
      scale: stride,
      needs: ({ first, last }) => ({
        first: Math.ceil((first + before - span) / stride),
        last: Math.floor((last + before) / stride),
      }),
    };
  },
  gradient: convTransposeGradient,
});

function volume(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** Settings of a convolution, per axis where a list: [height, width]. */
export interface ConvSettings {
  readonly strides?: readonly [number, number];
  /** Zeros added: top, left, bottom, right. `same` is TensorFlow's SAME. */
  readonly pads?: readonly [number, number, number, number] | "same";
  readonly dilations?: readonly [number, number];
  /** Channels are split into this many groups that do not see each other; as many as channels: depthwise. */
  readonly group?: number;
}

/** Settings of a transposed convolution, per axis where a list: [height, width]. */
export interface ConvTransposeSettings extends Omit<ConvSettings, "pads"> {
  /** Rows and columns taken off the result: top, left, bottom, right. */
  readonly pads?: readonly [number, number, number, number];
  /** Rows at the bottom and columns at the right that the result has more: which of the sizes that a strided convolution
   * would shrink to x's. */
  readonly output_padding?: readonly [number, number];
}

/**
 * Convolution of x [batch, in, height, width] with weight [out, in / group, rows, columns] and bias [out].
 *
 * @throws {KindlingError} `invalid-model` where the shapes do not fit.
 */
export function conv(
  x: Tensor,
  weight: Tensor,
  bias?: Tensor,
  { pads = [0, 0, 0, 0], ...settings }: ConvSettings = {},
): Tensor {
  const placing = pads === "same" ? { auto_pad: "SAME_UPPER" } : { pads };
  return applyOne(convOperation, bias ? [x, weight, bias] : [x, weight], { ...settings, ...placing });
}

/**
 * Transposed convolution of x [batch, in, height, width] with weight [in, out / group, rows, columns].
 *
 * @throws {KindlingError} `invalid-model` where the shapes do not fit.
 */
export function convTranspose(x: Tensor, weight: Tensor, bias?: Tensor, settings: ConvTransposeSettings = {}): Tensor {
  return applyOne(convTransposeOperation, bias ? [x, weight, bias] : [x, weight], settings);
}
