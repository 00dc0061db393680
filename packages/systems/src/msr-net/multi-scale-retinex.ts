import { KindlingError } from "@kindling/core";
import { add, concat, constant, conv, gaussianBlur, log, mul, sub, type Tensor } from "@kindling/nets";

/** The usual small, medium and large surround: standard deviations in pixels. */
const defaultSigmasPx: readonly number[] = [15, 80, 250];

/** Radius of a Gaussian's kernel: weights beyond are smaller than float32 resolves. */
const radiusInSigmas = 5;

/**
 * Classical multi-scale Retinex as a feed-forward network, ln(1 + I) - mean of ln(1 + F_sigma * I), I on the scale 0 to 255:
 * Gaussian convolutions in cascade, whose variances add, a 1x1 average of their logarithms, and a residual subtraction.
 * Source: Shen et al., "MSR-net", arXiv 1711.02488, who show that the two are the same.
 *
 * @param image [batch, 3, height, width], 0 to 1; it is mirrored at its edges.
 * @param sigmasPx standard deviations of the surrounds in pixels, each larger than the one before.
 * @returns the reflectance estimate, not scaled: around 0, below 0 where a pixel is darker than its surroundings.
 * @throws {KindlingError} `invalid-option` where the sigmas do not grow.
 */
export function multiScaleRetinex(image: Tensor, sigmasPx: readonly number[] = defaultSigmasPx): Tensor {
  const levels = mul(image, 255); // [n, 3, h, w]
  const logarithms: Tensor[] = [];
  let surround = levels;
  let varianceSoFar = 0;
  for (const sigmaPx of sigmasPx) {
    if (!(sigmaPx ** 2 > varianceSoFar)) {
      throw new KindlingError(
        "invalid-option",
        `sigmasPx: expected growing numbers above 0, got ${sigmasPx.join(", ")}.`,
      );
    }
    const step = Math.sqrt(sigmaPx ** 2 - varianceSoFar);
    surround = gaussianBlur(surround, step, Math.ceil(radiusInSigmas * step), "mirror");
    varianceSoFar = sigmaPx ** 2;
    logarithms.push(log(add(surround, 1)));
  }
  return sub(log(add(levels, 1)), averageOf(logarithms));
}

/** Averages each of three channels over all scales, by a 1x1 convolution. */
function averageOf(scales: readonly Tensor[]): Tensor {
  const weight = [0, 1, 2].flatMap((out) =>
    scales.flatMap(() => [0, 1, 2].map((from) => (from === out ? 1 / scales.length : 0))),
  );
  return conv(concat(scales, 1), constant(weight, [3, 3 * scales.length, 1, 1]));
}
