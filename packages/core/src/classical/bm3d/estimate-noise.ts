import type { Plane } from "../../image/picture.ts";

/** Median of the size of a normal variable of deviation 1. */
const medianOfNormal = 0.6745;
/** Bins of the histogram the median is read from, and their width: far finer than noise that matters. */
const bins = 1 << 14;
const binWidth = 1 / 64;

/**
 * Estimates the standard deviation of a plane's noise from its finest diagonal detail: the median size of Haar's
 * coefficients over squares of 2 pixels, which edges hardly touch.
 *
 * Source: Donoho, "De-noising by soft-thresholding", IEEE Transactions on Information Theory 1995. Noise that neighbours
 * share, as compressed or reduced photos have it, is underestimated.
 *
 * @param plane levels of 0 to 255, or of as wide a range.
 */
export function estimateNoise({ width, height, values }: Plane): number {
  const counts = new Uint32Array(bins);
  let total = 0;
  for (let y = 0; y + 1 < height; y += 2) {
    for (let x = 0; x + 1 < width; x += 2) {
      const i = y * width + x;
      const detail = (values[i] - values[i + 1] - values[i + width] + values[i + width + 1]) / 2;
      counts[Math.min(bins - 1, Math.round(Math.abs(detail) / binWidth))]++;
      total++;
    }
  }
  let bin = 0;
  for (let below = counts[0]; below < total / 2; below += counts[++bin]);
  return (bin * binWidth) / medianOfNormal;
}
