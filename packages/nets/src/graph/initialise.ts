import { createRandom } from "@kindling/core";
import { countElements } from "./dimension.ts";
import type { Graph } from "./graph.ts";
import type { Weight } from "./weights.ts";

/**
 * Makes fresh weights for a graph, each parameter from its own initialiser.
 *
 * Repeatable: the values of a parameter depend only on the seed and its path (`createRandom(seed, path)`).
 *
 * @param seed an integer.
 * @example
 * // runs
 * const fresh = initialise(graph, 42);
 * fresh.get("layer/weight")?.shape; // [3, 3, 3, 3]
 */
export function initialise(graph: Pick<Graph, "parameters">, seed: number): Map<string, Weight> {
  const weights = new Map<string, Weight>();
  for (const { path, shape, initialiser } of graph.parameters) {
    const next = initialiser(shape, createRandom(seed, path));
    const values = new Float32Array(countElements(shape));
    for (let i = 0; i < values.length; i++) values[i] = next();
    weights.set(path, { shape, values });
  }
  return weights;
}
