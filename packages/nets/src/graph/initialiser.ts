import type { Random } from "@kindling/core";

/** Gives the starting values of a parameter of the given shape: each call of the result is the next value. */
export type Initialiser = (shape: readonly number[], random: Random) => () => number;

/** Fills a parameter with one value. */
export function fillWith(value: number): Initialiser {
  return () => () => value;
}

/**
 * Zero everywhere: for biases.
 *
 * @example
 * // runs
 * const bias = scope.at("zeros").parameter("bias", [16], zeros); // [16]
 */
export const zeros: Initialiser = fillWith(0);

/**
 * Uniform from -limit to limit with limit = sqrt(6 / (fan in + fan out)), which keeps the variance of signals the same
 * forwards and backwards.
 *
 * Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010, eq. 16.
 *
 * @example
 * // runs
 * const weight = scope.at("xavier").parameter("weight", [16, 3, 3, 3], xavierUniform); // [16, 3, 3, 3]
 */
export const xavierUniform: Initialiser = ([a = 1, b = 1, ...window], random) => {
  const limit = Math.sqrt(6 / ((a + b) * window.reduce((product, side) => product * side, 1)));
  return () => limit * (2 * random() - 1);
};

/**
 * Normal distribution, by the Box-Muller transform.
 *
 * @example
 * // runs
 * const settings = { channels: 16, initialiser: normal(0, 0.02) };
 * const features = convolution(scope.at("normal"), image, settings); // [1, 16, 64, 96]
 */
export function normal(mean: number, deviation: number): Initialiser {
  return (_, random) => () =>
    mean + deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
