import { KindlingError } from "@kindling/core";
import { countElements } from "./dimension.ts";
import type { Graph } from "./graph.ts";

/** The values of one parameter. */
export interface Weight {
  /** Outermost first; of a convolution [out, in, height, width]. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Weights by the path of their parameter. */
export type Weights = ReadonlyMap<string, Weight>;

/**
 * Throws unless weights are exactly those of a graph.
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
    else if (given.values.length !== countElements(shape)) {
      faults.push(`${path} has ${given.values.length} values, too many or too few for [${shape}]`);
    }
  }
  for (const path of weights.keys()) if (!wanted.has(path)) faults.push(`${path} is not expected`);
  if (faults.length > 0) throw new KindlingError("invalid-model", `Weights of ${graph.name}: ${faults.join("; ")}.`);
}

/**
 * Averages the weights of several training runs. Runs that start from the same weights end so close to each other that
 * their mean is often better than each of them. Source: Wortsman et al., "Model soups", arXiv 2203.05482.
 *
 * @throws {KindlingError} `invalid-model` if one lacks a weight of the first, or has it in another size.
 * @example
 * // runs
 * const average = meanWeights([initialise(graph, 1), initialise(graph, 2)]);
 * average.get("layer/weight")?.values.length; // 81
 */
export function meanWeights([first = new Map(), ...others]: readonly Weights[]): Weights {
  const count = 1 + others.length;
  return new Map(
    [...first].map(([path, { shape, values }]) => {
      const mean = values.map((value) => value / count);
      for (const other of others) {
        const found = other.get(path)?.values;
        if (found?.length !== values.length) {
          throw new KindlingError(
            "invalid-model",
            `${path}: one has ${values.length} values, another ${found?.length ?? "none"}. Average trainings of one network.`,
          );
        }
        for (const [i, value] of found.entries()) mean[i] += value / count;
      }
      return [path, { shape, values: mean }];
    }),
  );
}

/** Picks the weights that a graph has among all. */
export function pickWeights({ parameters }: Pick<Graph, "parameters">, weights: Weights): Weights {
  const own = parameters.flatMap(({ path }) => {
    const weight = weights.get(path);
    return weight ? [[path, weight] as const] : [];
  });
  return new Map(own);
}
