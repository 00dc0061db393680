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

/** Steps of the table of quantiles, and those at each end, in the tails, where the quantile is computed instead. */
const quantileSteps = 8192;
const exactSteps = 64;

/**
 * Makes a source of numbers of Tukey's lambda distribution with mean 0 and variance 1; each uses one random number.
 *
 * Its quantile function is (u^l - (1 - u)^l) / l. It is nearly Gaussian at l = 0.14, logistic at 0, and has heavier tails the
 * lower l is.
 *
 * @param lambda above -0.5, where the variance ends.
 */
export function tukeyLambda(lambda: number): (random: Random) => number {
  // Within 1e-3 of 0 the logistic distribution is its limit.
  const isLogistic = Math.abs(lambda) < 1e-3;
  const quantile = isLogistic
    ? (u: number) => Math.log(u / (1 - u))
    : (u: number) => (u ** lambda - (1 - u) ** lambda) / lambda;
  const scale = 1 / Math.sqrt(isLogistic ? Math.PI ** 2 / 3 : varianceOfTukeyLambda(lambda));
  const table = Float64Array.from({ length: quantileSteps + 1 }, (_, i) => scale * quantile(i / quantileSteps));
  return (random) => {
    // Half a step of the generator keeps u inside 0 to 1, where the quantile is finite.
    const u = random() + 2 ** -33;
    const at = u * quantileSteps;
    const i = Math.floor(at);
    if (i < exactSteps || i >= quantileSteps - exactSteps) return scale * quantile(u);
    return table[i] + (at - i) * (table[i + 1] - table[i]);
  };
}

/** 2 / l^2 (1 / (1 + 2 l) - B(l + 1, l + 1)), the Beta function integrated by the midpoint rule after u = sin^2. */
function varianceOfTukeyLambda(lambda: number): number {
  const parts = 2000;
  let beta = 0;
  for (let k = 0; k < parts; k++) {
    const t = ((k + 0.5) / parts) * (Math.PI / 2);
    beta += 2 * (Math.sin(t) * Math.cos(t)) ** (2 * lambda + 1);
  }
  beta *= Math.PI / 2 / parts;
  return (2 / lambda ** 2) * (1 / (1 + 2 * lambda) - beta);
}
