import { KindlingError } from "@kindling/core";
import type { Graph } from "./graph.ts";

/** The values of one parameter. */
export interface Weight {
  /** Outermost first; convolutions [out, in, height, width]. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Weights by the path of their parameter. */
export type Weights = ReadonlyMap<string, Weight>;

/**
 * Checks that weights are exactly those of a graph.
 *
 * @throws {KindlingError} `invalid-model` naming every weight that is missing, unexpected or of the wrong shape.
 */
export function requireWeights(graph: Pick<Graph, "name" | "parameters">, weights: Weights): void {
  const faults: string[] = [];
  const wanted = new Set(graph.parameters.map(({ path }) => path));
  for (const { path, shape } of graph.parameters) {
    const given = weights.get(path);
    if (!given) faults.push(`${path} [${shape}] is missing`);
    else if (given.shape.join() !== shape.join()) faults.push(`${path} is [${given.shape}], not [${shape}]`);
    else if (given.values.length !== shape.reduce((product, side) => product * side, 1)) {
      faults.push(`${path} has ${given.values.length} values, too many or too few for [${shape}]`);
    }
  }
  for (const path of weights.keys()) if (!wanted.has(path)) faults.push(`${path} is not expected`);
  if (faults.length > 0) throw new KindlingError("invalid-model", `Weights of ${graph.name}: ${faults.join("; ")}.`);
}
