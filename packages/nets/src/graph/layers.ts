import { conv, convTranspose, sizeOf, slice } from "./builders.ts";
import { formatShape, same } from "./dimension.ts";
import { type Initialiser, xavierUniform, zeros } from "./initialiser.ts";
import { refuse } from "./operation.ts";
import type { Scope } from "./scope.ts";
import { constant, type Tensor } from "./tensor.ts";

/** Settings of a convolution layer. */
export interface ConvolutionSettings {
  /** Output channels. */
  readonly channels: number;
  /** Height and width of the window in pixels; default 3. */
  readonly kernel?: number;
  /** Distance between windows in pixels; default 1. */
  readonly stride?: number;
  /** Width in pixels of the border of zeros; default `same`: TensorFlow's SAME, which at stride 1 keeps the size. */
  readonly padding?: number | "same";
  /** Initialiser of the weight; default Xavier uniform. The bias starts at zero. */
  readonly initialiser?: Initialiser;
}

/**
 * A convolution with the parameters `weight` [channels, in, kernel, kernel] and `bias` [channels] of its scope.
 *
 * @throws {KindlingError} `invalid-model` unless x is [batch, in, height, width].
 * @example
 * // runs
 * const features = relu(convolution(scope.at("conv1"), image, { channels: 32 })); // [1, 32, 64, 96]
 * const halved = convolution(scope.at("conv2"), features, { channels: 64, stride: 2 }); // [1, 64, 32, 48]
 */
export function convolution(scope: Scope, x: Tensor, settings: ConvolutionSettings): Tensor {
  const { channels, kernel = 3, stride = 1, padding = "same", initialiser = xavierUniform } = settings;
  const weight = scope.parameter("weight", [channels, channelsOf(x), kernel, kernel], initialiser);
  const bias = scope.parameter("bias", [channels], zeros);
  // At stride 1, SAME padding of an odd window is equal on all sides for any size.
  const border = padding === "same" && stride === 1 && kernel % 2 === 1 ? (kernel - 1) / 2 : padding;
  return conv(x, weight, bias, {
    strides: [stride, stride],
    pads: border === "same" ? "same" : [border, border, border, border],
  });
}

/**
 * Doubles height and width by a transposed convolution without bias: each pixel becomes a 2x2 block. Its scope gets the
 * parameter `weight` [in, channels, 2, 2].
 *
 * @throws {KindlingError} `invalid-model` unless x is [batch, in, height, width].
 * @example
 * // runs
 * const small = maxPool2(image); // [1, 3, 32, 48]
 * const large = doublingConvolution(scope.at("up1"), small, 16); // [1, 16, 64, 96]
 */
export function doublingConvolution(scope: Scope, x: Tensor, channels: number): Tensor {
  const weight = scope.parameter("weight", [channelsOf(x), channels, 2, 2], xavierUniform);
  return convTranspose(x, weight, undefined, { strides: [2, 2] });
}

/**
 * Cuts rows at the bottom and columns at the right off x, down to the size of `like`.
 *
 * @example
 * // runs
 * const larger = repeatPixels(image, 2); // [1, 3, 128, 192]
 * const cropped = cropTo(larger, image); // [1, 3, 64, 96]
 */
export function cropTo(x: Tensor, like: Tensor): Tensor {
  return [2, 3].reduce(
    (cropped, axis) =>
      same(cropped.shape[axis], like.shape[axis]) ? cropped : slice(cropped, axis, 0, sizeOf(like, axis)),
    x,
  );
}

/**
 * Computes a weighted sum of red, green and blue: [batch, 3, height, width] to [batch, 1, height, width].
 *
 * @example
 * // runs
 * const luma = greyOf(image, [0.299, 0.587, 0.114]); // [1, 1, 64, 96]
 */
export function greyOf(x: Tensor, weights: readonly [number, number, number]): Tensor {
  return conv(x, constant(weights, [1, 3, 1, 1]));
}

/** Returns the number of channels of x, which must be known. */
function channelsOf(x: Tensor): number {
  const channels = x.shape[1];
  if (typeof channels === "number") return channels;
  throw refuse("convolution", `the number of input channels must be known, got ${formatShape(x.shape)}`);
}
