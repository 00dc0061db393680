import { KindlingError } from "@kindling/core";
import { conv, pad } from "./builders.ts";
import { mirrorBorder } from "./sampling.ts";
import { constant, integers, type Tensor } from "./tensor.ts";

/** How a picture is continued beyond its border: its last pixel repeated, or mirrored about that pixel. */
export type Border = "edge" | "mirror";

/**
 * Gaussian blur of each channel: a convolution along columns, then one along rows, with fixed, normalised weights.
 *
 * @param x [batch, channels, height, width]; the number of channels must be known.
 * @param sigmaPx standard deviation in pixels, above 0.
 * @param radiusPx distance in pixels at which the Gaussian is cut off, an integer.
 * @throws {KindlingError} `invalid-option` if sigma or radius is out of range.
 * @example
 * // runs
 * const smooth = gaussianBlur(image, 1.5, 5, "mirror"); // [1, 3, 64, 96]
 */
export function gaussianBlur(x: Tensor, sigmaPx: number, radiusPx: number, border: Border): Tensor {
  const kernel = gaussianKernel(sigmaPx, radiusPx);
  const channels = x.shape[1] as number;
  return [2, 3].reduce((blurred, axis) => {
    const sides = axis === 2 ? [kernel.length, 1] : [1, kernel.length];
    const weight = constant(Array.from({ length: channels }, () => kernel).flat(), [channels, 1, ...sides]);
    return conv(addBorder(blurred, axis, radiusPx, border), weight, undefined, { group: channels });
  }, x);
}

function addBorder(x: Tensor, axis: number, widthPx: number, border: Border): Tensor {
  if (border === "mirror") return mirrorBorder(x, axis, integers([widthPx]), integers([widthPx]));
  const pads = [0, 0, 0, 0, 0, 0, 0, 0];
  pads[axis] = widthPx;
  pads[axis + 4] = widthPx;
  return pad(x, pads, "edge");
}

/** Computes 2 * radius + 1 samples of a Gaussian, normalised to a sum of 1. */
export function gaussianKernel(sigmaPx: number, radiusPx: number): number[] {
  if (!(sigmaPx > 0) || !Number.isInteger(radiusPx) || radiusPx < 0) {
    throw new KindlingError(
      "invalid-option",
      `Gaussian blur: sigma ${sigmaPx} px, radius ${radiusPx} px; expected a sigma above 0 and an integer radius of at least 0.`,
    );
  }
  const values = Array.from({ length: 2 * radiusPx + 1 }, (_, i) =>
    Math.exp(-((i - radiusPx) ** 2) / (2 * sigmaPx ** 2)),
  );
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}
