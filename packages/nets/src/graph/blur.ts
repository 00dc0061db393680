import { KindlingError } from "@kindling/core";
import { conv } from "./operations/convolution.ts";
import { type Border, extend } from "./sampling.ts";
import { constant, integers, type Tensor } from "./tensor.ts";

/**
 * Gaussian blur of every channel by itself: a row and a column convolution with fixed, normalised weights.
 *
 * @param x [batch, channels, height, width], the channels in numbers.
 * @param sigmaPx standard deviation in pixels, above 0.
 * @param radiusPx pixels on either side at which the Gaussian is cut off.
 * @throws {KindlingError} `invalid-option` for a sigma or radius that is none.
 */
export function gaussianBlur(x: Tensor, sigmaPx: number, radiusPx: number, border: Border): Tensor {
  const kernel = gaussianKernel(sigmaPx, radiusPx);
  const channels = x.shape[1] as number;
  const radius = integers([radiusPx]);
  return [2, 3].reduce((blurred, axis) => {
    const sides = axis === 2 ? [kernel.length, 1] : [1, kernel.length];
    const weight = constant(Array.from({ length: channels }, () => kernel).flat(), [channels, 1, ...sides]);
    return conv(extend(blurred, axis, radius, radius, border), weight, undefined, { group: channels });
  }, x);
}

function gaussianKernel(sigmaPx: number, radiusPx: number): number[] {
  if (!(sigmaPx > 0) || !Number.isInteger(radiusPx) || radiusPx < 0) {
    throw new KindlingError(
      "invalid-option",
      `Gaussian blur: sigma ${sigmaPx} px, radius ${radiusPx} px; expected a sigma above 0 and a whole radius.`,
    );
  }
  const values = Array.from({ length: 2 * radiusPx + 1 }, (_, i) =>
    Math.exp(-((i - radiusPx) ** 2) / (2 * sigmaPx ** 2)),
  );
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}
