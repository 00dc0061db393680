import { createRandom } from "@kindling/core";

/** A mean with the bounds `low` and `high` of its 95% confidence interval. */
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
 * Computes the mean of values with its 95% bootstrap interval; undefined for no values.
 *
 * 2,000 samples of the same size are drawn with replacement; the bounds are the 2.5% and 97.5% percentiles of their
 * means. The same values give the same bounds. The interval is too narrow for few values, and has no width for one.
 *
 * Source: Efron, Tibshirani, An introduction to the bootstrap, 1993, chapter 13: the percentile interval.
 *
 * @example
 * // runs
 * const estimate = bootstrapMean([20.1, 22.4, 19.8, 21.7]);
 * estimate?.mean; // 21.0
 * estimate?.count; // 4
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

/** Computes a percentile of sorted values, interpolated between neighbours. */
function percentile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  // Interpolation between two infinities would give NaN.
  return below === above ? below : below + (place % 1) * (above - below);
}
