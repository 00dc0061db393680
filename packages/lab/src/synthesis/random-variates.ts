import type { Random } from "@kindling/core";

/** Above this mean a Poisson number is drawn from the Gaussian of the same mean and variance. */
const gaussianAboveMean = 64;

/** A number from the standard normal distribution (Box and Muller 1958); it uses two random numbers. */
export function gaussian(random: Random): number {
  // 1 - u is never 0, so the logarithm is finite.
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/**
 * How many photons arrive when `mean` are expected: a Poisson number, at least 0.
 *
 * Exact (inversion of the distribution, one random number) up to a mean of 64; above, a rounded Gaussian of the same
 * mean and variance, without the skewness of at most 0.125 that the Poisson number still has there.
 */
export function poisson(mean: number, random: Random): number {
  if (mean > gaussianAboveMean) return Math.max(0, Math.round(mean + Math.sqrt(mean) * gaussian(random)));
  let left = random();
  let probability = Math.exp(-mean);
  let count = 0;
  // The second condition ends the search where the tail is smaller than a double can tell from nothing.
  while (left >= probability && probability > 0) {
    left -= probability;
    count++;
    probability *= mean / count;
  }
  return count;
}
