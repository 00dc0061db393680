import type { Random } from "@kindling/core";

/** Above this mean, the Gaussian of the same mean and variance replaces the Poisson distribution. */
const gaussianAboveMean = 64;

/** Draws from the standard normal distribution (Box and Muller 1958); uses two random numbers. */
export function gaussian(random: Random): number {
  // 1 - u is never 0, so the logarithm is finite.
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/**
 * Draws how many photons arrive when `mean` are expected: a Poisson number, at least 0.
 *
 * Up to a mean of 64 it inverts the distribution, exactly and with one random number. Above, it rounds a Gaussian of the same
 * mean and variance, which lacks the Poisson distribution's skewness of at most 0.125.
 */
export function poisson(mean: number, random: Random): number {
  if (mean > gaussianAboveMean) return Math.max(0, Math.round(mean + Math.sqrt(mean) * gaussian(random)));
  let left = random();
  let probability = Math.exp(-mean);
  let count = 0;
  // The second condition ends the search where a double can no longer represent the tail.
  while (left >= probability && probability > 0) {
    left -= probability;
    count++;
    probability *= mean / count;
  }
  return count;
}
