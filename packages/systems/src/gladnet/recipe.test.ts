import { createGraph, input } from "@kindling/nets";
import { describe, expect, test } from "vitest";
import { runGraph } from "../../../../test/support/run-graph.ts";
import { gladnetLoss } from "./loss.ts";
import { gladnetRecipe } from "./recipe.ts";

describe("GLADNet's recipe", () => {
  test("takes 4 hundredths off the rate in every hundred steps, smoothly", () => {
    const rateAt = gladnetRecipe.stages[0]!.schedule(1e-3, 10_000);
    expect([0, 50, 100, 1000].map(rateAt)).toEqual([
      1e-3,
      expect.closeTo(1e-3 * Math.sqrt(0.96), 12),
      expect.closeTo(0.96e-3, 12),
      expect.closeTo(1e-3 * 0.96 ** 10, 12),
    ]);
  });

  test.each([
    ["red", 0, 0.29891],
    ["green", 1, 0.58661],
    ["blue", 2, 0.11448],
  ])("weighs an error in %s by its part in luminance, as the paper has it", async (_, channel, weight) => {
    const [enhanced, target] = ["enhanced", "target"].map((name) => input(name, [1, 3, 1, 1]));
    const graph = createGraph("loss", [enhanced!, target!], { ...gladnetLoss(enhanced!, target!) });
    const values = new Float32Array(3);
    values[channel] = 0.6;
    const { total } = await runGraph(graph, new Map(), {
      enhanced: { shape: [1, 3, 1, 1], values },
      target: { shape: [1, 3, 1, 1], values: new Float32Array(3) },
    });
    expect(total!.values[0]).toBeCloseTo((0.6 * weight) / 3, 6);
  });
});
