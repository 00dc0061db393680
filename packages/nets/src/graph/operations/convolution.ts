import { attribute, optionalAttribute, type ValuesOf } from "../attribute.ts";
import type { ConvSettings, ConvTransposeSettings } from "../builder.ts";
import { countElements, type Dimension, minus, plus, same, times } from "../dimension.ts";
import { applyOne, defineOperation, floatShape, refuse } from "../operation.ts";
import type { Operation, Tensor } from "../tensor.ts";
import { convGradient, convTransposeGradient } from "./convolution-gradient.ts";
import { requireWindow, windowCount, windowReach, windowRules } from "./windows.ts";

const convolutionRules = { ...windowRules, group: attribute("int", 1), kernel_shape: optionalAttribute("ints") };

/**
 * Checks the inputs and attributes of a convolution and returns its sizes.
 *
 * @param outputAxis the axis of the weight that holds output channels; the other of the first two holds input channels.
 */
function convolutionSizes(
  type: string,
  [x, weight, bias]: readonly (Tensor | undefined)[],
  outputAxis: 0 | 1,
  { group, kernel_shape: stated }: ValuesOf<typeof convolutionRules>,
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
  const [, , rows, columns] = kernel;
  if (stated && (stated[0] !== rows || stated[1] !== columns)) {
    throw refuse(type, `kernel_shape [${stated}] differs from the weight's ${rows}x${columns}`);
  }
  return { batch, height, width, outputs, kernel };
}

/** Convolution of a picture: an output channel is the weighted sum of windows of all input channels of its group. */
const convOperation = defineOperation({
  type: "Conv",
  since: 11,
  arity: [2, 3],
  attributes: convolutionRules,
  infer(inputs, attributes) {
    const { batch, height, width, outputs, kernel } = convolutionSizes("Conv", inputs, 0, attributes);
    const shape = [
      batch,
      outputs,
      windowCount("Conv", height, kernel[2], attributes, 0),
      windowCount("Conv", width, kernel[3], attributes, 1),
    ];
    return [{ element: "float32", shape }];
  },
  macs([, weight], output) {
    return countElements(output) * countElements(weight.slice(1));
  },
  reach([, weight], attributes, axis) {
    return windowReach("Conv", weight!.shape[axis] as number, attributes, (axis - 2) as 0 | 1);
  },
  gradient: convGradient,
});

/** Transposed convolution: each input value adds a weighted window to the output. */
const convTransposeOperation = defineOperation({
  type: "ConvTranspose",
  since: 11,
  arity: [2, 3],
  attributes: { ...convolutionRules, output_padding: attribute("ints", [0, 0]) },
  infer(inputs, attributes) {
    requireWindow("ConvTranspose", attributes);
    if (attributes.auto_pad !== "NOTSET")
      throw refuse("ConvTranspose", `auto_pad ${attributes.auto_pad} is not supported`);
    const { batch, height, width, outputs, kernel } = convolutionSizes("ConvTranspose", inputs, 1, attributes);
    const { strides, pads, dilations, output_padding: extra } = attributes;
    const side = (length: Dimension, axis: 0 | 1) =>
      plus(
        times(minus(length, 1), strides[axis]),
        (kernel[axis + 2] - 1) * dilations[axis] + 1 + extra[axis] - pads[axis] - pads[axis + 2],
      );
    return [{ element: "float32", shape: [batch, outputs, side(height, 0), side(width, 1)] }];
  },
  macs([x, weight]) {
    return countElements(x) * countElements(weight.slice(1));
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

/** The operations of this family. */
export const convolutionOperations: readonly Operation[] = [convOperation, convTransposeOperation];

/**
 * Convolution of x [batch, in, height, width] with weight [out, in / group, rows, columns] and bias [out].
 *
 * @throws {KindlingError} `invalid-model` if the shapes do not fit.
 * @example
 * // runs
 * const weight = scope.at("conv").parameter("weight", [16, 3, 5, 5], xavierUniform);
 * const bias = scope.at("conv").parameter("bias", [16], zeros);
 * const halved = conv(image, weight, bias, { strides: [2, 2], pads: [2, 2, 2, 2] }); // [1, 16, 32, 48]
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
 * @throws {KindlingError} `invalid-model` if the shapes do not fit.
 * @example
 * // runs
 * const weight = scope.at("up").parameter("weight", [3, 8, 2, 2], xavierUniform);
 * const doubled = convTranspose(image, weight, undefined, { strides: [2, 2] }); // [1, 8, 128, 192]
 */
export function convTranspose(x: Tensor, weight: Tensor, bias?: Tensor, settings: ConvTransposeSettings = {}): Tensor {
  return applyOne(convTransposeOperation, bias ? [x, weight, bias] : [x, weight], settings);
}
