import { formatShape, same } from "./dimension.ts";
import { type Initialiser, xavierUniform, zeros } from "./initialiser.ts";
import { refuse } from "./operation.ts";
import { conv, convTranspose } from "./operations/convolution.ts";
import { slice } from "./operations/parts.ts";
import { sizeOf } from "./operations/sizes.ts";
import type { Scope } from "./scope.ts";
import { constant, type Tensor } from "./tensor.ts";

/** Settings of a convolution layer. */
export interface ConvolutionSettings {
  /** Output channels. */
  readonly channels: number;
  /** Height and width of the window in pixels; default 3. */
  readonly kernel?: number;
  /** Pixels from one window to the next; default 1. */
  readonly stride?: number;
  /** Zeros around the picture in pixels, or `same`, the default: as TensorFlow pads, so that the size stays (at stride 1). */
  readonly padding?: number | "same";
  /** What the weight starts from; default Xavier uniform. The bias starts from zero. */
  readonly initialiser?: Initialiser;
}

/**
 * A convolution with the parameters `weight` [channels, in, kernel, kernel] and `bias` [channels] of its scope.
 *
 * @throws {KindlingError} `invalid-model` unless x is [batch, in, height, width].
 */
export function convolution(scope: Scope, x: Tensor, settings: ConvolutionSettings): Tensor {
  const { channels, kernel = 3, stride = 1, padding = "same", initialiser = xavierUniform } = settings;
  const weight = scope.parameter("weight", [channels, channelsOf(x), kernel, kernel], initialiser);
  const bias = scope.parameter("bias", [channels], zeros);
  // At stride 1 an odd window's SAME padding is the same on all sides, whatever the size.
  const border = padding === "same" && stride === 1 && kernel % 2 === 1 ? (kernel - 1) / 2 : padding;
  return conv(x, weight, bias, {
    strides: [stride, stride],
    pads: border === "same" ? "same" : [border, border, border, border],
  });
}

/**
 * Doubles height and width with the parameter `weight` [in, channels, 2, 2] of its scope: each pixel becomes a 2x2
 * block. No bias.
 *
 * @throws {KindlingError} `invalid-model` unless x is [batch, in, height, width].
 */
export function doublingConvolution(scope: Scope, x: Tensor, channels: number): Tensor {
  const weight = scope.parameter("weight", [channelsOf(x), channels, 2, 2], xavierUniform);
  return convTranspose(x, weight, undefined, { strides: [2, 2] });
}

/** x without the rows below and the columns right of those that `like` has. */
export function cropTo(x: Tensor, like: Tensor): Tensor {
  return [2, 3].reduce(
    (cropped, axis) =>
      same(cropped.shape[axis], like.shape[axis]) ? cropped : slice(cropped, axis, 0, sizeOf(like, axis)),
    x,
  );
}

/** Grey from red, green and blue with the given weights: [batch, 3, height, width] to [batch, 1, height, width]. */
export function greyOf(x: Tensor, weights: readonly [number, number, number]): Tensor {
  return conv(x, constant(weights, [1, 3, 1, 1]));
}

/** The convolution's input channels. */
function channelsOf(x: Tensor): number {
  const channels = x.shape[1];
  if (typeof channels === "number") return channels;
  throw refuse("convolution", `the input must have its channels in numbers, got ${formatShape(x.shape)}`);
}
