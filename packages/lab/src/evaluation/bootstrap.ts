import { createRandom } from "@kindling/core";

/** A mean and the bounds of its 95% confidence interval. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Number of values. */
  readonly count: number;
}

const resamples = 2000;
const outside = 0.025;

/**
 * The mean of values with its 95% bootstrap interval; undefined for no values.
 *
 * 2,000 samples of the same size are drawn with replacement; the bounds are the 2.5% and 97.5% percentiles of their
 * means. The same values give the same bounds. With few values the interval is too narrow, with one it has no width.
 *
 * Source: Efron, Tibshirani, An introduction to the bootstrap, 1993, chapter 13: the percentile interval.
 */
export function bootstrapMean(values: readonly number[]): Estimate | undefined {
  const count = values.length;
  if (count === 0) return undefined;
  const random = createRandom(0, "bootstrap");
  const means = new Float64Array(resamples);
  for (let i = 0; i < resamples; i++) {
    let sum = 0;
    for (let k = 0; k < count; k++) sum += values[Math.floor(random() * count)];
    means[i] = sum / count;
  }
  means.sort();
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  return { mean, low: percentile(means, outside), high: percentile(means, 1 - outside), count };
}

/** A percentile of sorted values, interpolated between neighbours. */
function percentile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  // Equal neighbours are returned as they are: interpolating between two infinities would give NaN.
  return below === above ? below : below + (place % 1) * (above - below);
}
