import { createRandom } from "@kindling/core";
import type { Graph, Weights } from "@kindling/nets";

/**
 * Seeded weights for Ember in which nothing is zero, as much begins that before training, and after which no map is
 * pinned to the ends of its range.
 */
export function lively({ parameters }: Pick<Graph, "parameters">): Weights {
  return new Map(
    parameters.map(({ path, shape }) => {
      const random = createRandom(3, path);
      const [outputs = 1, ...inputs] = shape;
      const fanIn = inputs.reduce((product, side) => product * side, 1);
      const limit = shape.length > 1 ? 0.6 / Math.sqrt(fanIn) : 0.02;
      const count = outputs * fanIn;
      return [path, { shape, values: Float32Array.from({ length: count }, () => limit * (2 * random() - 1)) }];
    }),
  );
}
