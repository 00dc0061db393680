import { colourChannels, type Picture } from "../image/picture.ts";
import { requireSameShape } from "./same-shape.ts";

/** Samples a side. */
const side = 100;
const levels = 256;

/**
 * Lightness order error: how often what was the lighter of two places is no longer. Less is better.
 *
 * Counts, for each of 100x100 sampled pixels, the others that changed sides of "at least as light", on average: 0 for
 * an order fully kept (any rising tone curve), at most 9,999. Lightness is the largest colour sample, in whole levels
 * of 0..255. The first picture is the original photo, not the reference; the number is the same the other way round.
 *
 * Source: Wang, Zheng, Hu, Li, Naturalness preserved enhancement algorithm for non-uniform illumination images, IEEE
 * TIP 22(9), 2013, equations 11 to 14, sampled as in Ying's BIMEF code. Departure: pairs are counted by their two
 * levels in a table, which gives the same number without looking at all 10^8 pairs.
 *
 * @throws {KindlingError} `unsupported` where size or colours differ.
 * @example
 * // runs
 * const original = dark;
 * loe(original, result); // 581
 */
export function loe(original: Picture, result: Picture): number {
  requireSameShape(result, original);
  const counts = new Float64Array(levels * levels);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const pixel = samplePosition(row, original.height) * original.width + samplePosition(column, original.width);
      counts[lightness(original, pixel) * levels + lightness(result, pixel)]++;
    }
  }
  return countChangedOrders(counts) / side ** 2;
}

/**
 * As MATLAB's round(linspace(1, count, 100)), counted from 0. No position is a half, so the way of rounding is free.
 */
function samplePosition(index: number, count: number): number {
  return Math.round((index * (count - 1)) / (side - 1));
}

function lightness(picture: Picture, pixel: number): number {
  const { samples, channels } = picture;
  const p = pixel * channels;
  const lightest = colourChannels(picture) === 1 ? samples[p] : Math.max(samples[p], samples[p + 1], samples[p + 2]);
  return Math.round(255 * Math.min(1, Math.max(0, lightest)));
}

/**
 * Ordered pairs of pixels whose order differs: not darker before and darker now, or darker before and not darker now.
 */
function countChangedOrders(counts: Float64Array): number {
  const stride = levels + 1;
  // At (a, b): how many pixels have at least level a in the original and less than level b in the result.
  const lighterNowDarker = new Float64Array(stride * stride);
  for (let a = levels - 1; a >= 0; a--) {
    for (let b = 0; b < levels; b++) {
      const at = a * stride + b;
      lighterNowDarker[at + 1] =
        counts[a * levels + b] +
        lighterNowDarker[at] +
        lighterNowDarker[at + stride + 1] -
        lighterNowDarker[at + stride];
    }
  }
  let changed = 0;
  for (let a = 0; a < levels; a++) {
    for (let b = 0; b < levels; b++) {
      const at = a * stride + b;
      changed += counts[a * levels + b] * (lighterNowDarker[at] + lighterNowDarker[at + stride + 1]);
    }
  }
  return changed;
}
