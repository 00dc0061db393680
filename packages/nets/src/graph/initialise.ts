import { createRandom, type Random } from "@kindling/core";
import type { Graph } from "./graph.ts";
import type { Weight } from "./weights.ts";

/** What a parameter starts from: one value after another, for a parameter of the given shape. */
export type Initialiser = (shape: readonly number[], random: Random) => () => number;

/** A value everywhere. */
export function filledWith(value: number): Initialiser {
  return () => () => value;
}

/** Zero everywhere: biases. */
export const zeros: Initialiser = filledWith(0);

/**
 * Evenly spread over plus and minus sqrt(6 / (fan in + fan out)), so that signals keep their size in both directions.
 * Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010, eq. 16.
 */
export const xavierUniform: Initialiser = ([a = 1, b = 1, ...window], random) => {
  const limit = Math.sqrt(6 / ((a + b) * window.reduce((product, side) => product * side, 1)));
  return () => limit * (2 * random() - 1);
};

/** Normally distributed around `mean`, by Box and Muller's transform of two even numbers. */
export function normal(mean: number, deviation: number): Initialiser {
  return (_, random) => () =>
    mean + deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/**
 * Fresh weights for a graph: each parameter from its own initialiser.
 *
 * Repeatable: the numbers of a parameter depend on the seed and its path alone (`createRandom(seed, path)`).
 *
 * @param seed a whole number.
 */
export function initialise(graph: Pick<Graph, "parameters">, seed: number): Map<string, Weight> {
  const weights = new Map<string, Weight>();
  for (const { path, shape, initialiser } of graph.parameters) {
    const next = initialiser(shape, createRandom(seed, path));
    const count = shape.reduce((product, side) => product * side, 1);
    weights.set(path, { shape, values: Float32Array.from({ length: count }, next) });
  }
  return weights;
}
