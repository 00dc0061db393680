import { KindlingError } from "@kindling/core";
import { conv } from "./operations/convolution.ts";
import { pad } from "./operations/parts.ts";
import { mirrorBorder } from "./sampling.ts";
import { constant, integers, type Tensor } from "./tensor.ts";

/** What lies beyond the border of a picture: its last pixel again, or the picture mirrored about that pixel. */
export type Border = "edge" | "mirror";

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
  return [2, 3].reduce((blurred, axis) => {
    const sides = axis === 2 ? [kernel.length, 1] : [1, kernel.length];
    const weight = constant(Array.from({ length: channels }, () => kernel).flat(), [channels, 1, ...sides]);
    return conv(bordered(blurred, axis, radiusPx, border), weight, undefined, { group: channels });
  }, x);
}

function bordered(x: Tensor, axis: number, widthPx: number, border: Border): Tensor {
  if (border === "mirror") return mirrorBorder(x, axis, integers([widthPx]), integers([widthPx]));
  const pads = [0, 0, 0, 0, 0, 0, 0, 0];
  pads[axis] = widthPx;
  pads[axis + 4] = widthPx;
  return pad(x, pads, "edge");
}

/** A row of a Gaussian with 2 radius + 1 values that sum to 1. */
export function gaussianKernel(sigmaPx: number, radiusPx: number): number[] {
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
