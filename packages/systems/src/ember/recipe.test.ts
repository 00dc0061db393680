import { dihedrals } from "@kindling/lab";
import { createGraph, createScope, initialise, input } from "@kindling/nets";
import { describe, expect, test } from "vitest";
import { largestDifference, runGraph } from "../../../../test/support/run-graph.ts";
import { ember, emberLight } from "./ember.ts";
import { emberRecipe } from "./recipe.ts";

const [light, together] = emberRecipe.stages;

describe("Ember's recipe", () => {
  test("teaches the light of whole photos first, then everything together", () => {
    expect(emberRecipe.stages.map(({ name }) => name)).toEqual(["light", "ember"]);
    expect(light!.feeds).toEqual({
      low: { kind: "whole", of: "dark", sidePx: 128, sampling: "area" },
      high: { kind: "whole", of: "bright", sidePx: 128, sampling: "area" },
      gamma: { kind: "uniform", stream: 0 },
      lift: { kind: "uniform", stream: 1 },
      coloured: { kind: "uniform", stream: 2 },
      red: { kind: "uniform", stream: 3 },
      green: { kind: "uniform", stream: 4 },
      blue: { kind: "uniform", stream: 5 },
    });
    expect(light!.defaults).toMatchObject({ steps: 10_000, batch: 16, rate: 1e-3 });
    expect(together!.defaults).toEqual({ steps: 10_000, batch: 8, cropPx: 128, rate: 1e-3 });
    for (const { stretch, augmentations } of emberRecipe.stages) {
      expect({ stretch, augmentations }).toEqual({ stretch: false, augmentations: dihedrals });
    }
  });

  test("raises the rate over the first twentieth of the steps, then lowers it to nearly nothing", () => {
    for (const { schedule } of emberRecipe.stages) {
      const rateAt = schedule(1e-3, 1000);
      expect(rateAt(49)).toBeCloseTo(1e-3, 5);
      expect(rateAt(0)).toBeLessThan(rateAt(25));
      expect(rateAt(999)).toBeLessThan(1e-5);
    }
  });

  test("lights a photo without noise in its first stage as the whole network does", async () => {
    const image = input("image", [1, 3, 128, 128]);
    const graphOf = (enhanced: ReturnType<typeof ember>) => createGraph("light", [image], { enhanced });
    const whole = graphOf(ember(createScope(), image));
    const alone = graphOf(emberLight(createScope(), image).enhanced);
    // The kernels that make gains begin at zero: some light is given to them.
    const weights = new Map(initialise(whole, 1));
    for (const name of ["overview/gains/bias", "overview/balance/bias"]) {
      weights.set(name, { ...weights.get(name)!, values: weights.get(name)!.values.map((_, i) => i / 5) });
    }
    const values = Float32Array.from({ length: 3 * 128 ** 2 }, (_, i) => [0.02, 0.03, 0.05][Math.floor(i / 128 ** 2)]!);
    const run = (graph: typeof whole) =>
      runGraph(graph, new Map(graph.parameters.map(({ path }) => [path, weights.get(path)!])), {
        image: { shape: [1, 3, 128, 128], values },
      });
    const [lit, same] = [(await run(alone))["enhanced"]!, (await run(whole))["enhanced"]!];
    expect(largestDifference(lit.values, same.values)).toBeLessThan(1e-5);
    expect(largestDifference(lit.values, values)).toBeGreaterThan(0.1);
  });
});
