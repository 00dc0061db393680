import { importNetwork, type System } from "@kindling/lab";
import { beginState, completeSettings, joinTensors } from "@kindling/lab/internal";
import { adam, type Weight } from "@kindling/nets";
import { describe, expect, test } from "vitest";

/** The tensors of a checkpoint that a training leaves which keeps averages; each of them is the weight and 1. */
function trainedTensors({ recipe }: System): Map<string, Weight> {
  const settings = completeSettings(recipe.settings, {});
  let tensors = new Map<string, Weight>();
  for (const stage of recipe.stages) {
    const size = { batch: 1, cropPx: Math.max(16, stage.leastCropPx), averageDecay: 0.9, settings, optimiser: adam() };
    const state = beginState(stage.build(size), tensors, 3);
    for (const [name, { shape, values }] of state) {
      if (name.startsWith("average/")) state.set(name, { shape, values: values.map((value) => value + 1) });
    }
    tensors = joinTensors(tensors, state);
  }
  return tensors.set("progress/stage", { shape: [], values: Float32Array.of(0) });
}

/** Describes tests of what trainings of some of these systems leave: it is imported by the system's name. */
export function describeOwnCheckpoints(systems: readonly System[], described: readonly System[]): void {
  describe.each(described)("a checkpoint of $name as a training leaves it", (system) => {
    const { name, networks, models } = system;

    test("is imported whole, by its averages, without the optimiser's memory", () => {
      const tensors = trainedTensors(system);
      expect([...tensors.keys()].some((path) => path.startsWith("adam/"))).toBe(true);
      const { network, weights } = importNetwork(systems, name, tensors, { file: "run" });
      expect(networks).toContain(network);
      // The network has all that enhancing photos needs.
      const needed = Object.values(models[0].parts).flatMap((part) => part.network.build().parameters);
      for (const { path } of needed) expect(weights.has(path)).toBe(true);
      const averaged = [...weights.keys()].filter((path) => tensors.has(`average/${path}`));
      expect(averaged.length).toBeGreaterThan(0);
      for (const path of averaged) {
        const [got, expected] = [weights.get(path)!.values, tensors.get(`average/${path}`)!.values];
        expect(got.every((value, i) => value === expected[i])).toBe(true);
      }

      // What a checkpoint says of itself decides among networks of the same weights.
      for (const form of models) {
        const own = importNetwork(systems, name, tensors, { file: "run", belongsTo: form.name });
        expect(own.network.name.split("/")[0]).toBe(form.name);
      }
      for (const part of Object.values(models[0].parts)) {
        const one = importNetwork(systems, part.network.name, tensors, { file: "run" });
        expect(one.network).toBe(part.network);
      }
    });
  });
}
