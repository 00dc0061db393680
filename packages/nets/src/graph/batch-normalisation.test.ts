import { expect, test } from "vitest";
import { runGraph, seededFloat16 } from "../../../../test/support/run-graph.ts";
import { byOwnStatistics } from "./batch-normalisation.ts";
import { createGraph } from "./graph.ts";
import { anySize } from "./network.ts";
import { createScope } from "./scope.ts";
import { input } from "./tensor.ts";

test("normalisation by own statistics gives each channel of a picture mean and spread of its parameters", async () => {
  const image = input("image", [anySize.batch, 2, anySize.height, anySize.width]);
  const graph = createGraph("normalised", [image], { normalised: byOwnStatistics(createScope(), image) });
  // Running statistics are no part of it.
  expect(graph.parameters.map(({ path }) => path).sort()).toEqual(["bias", "weight"]);
  const weights = new Map([
    ["weight", { shape: [2], values: Float32Array.of(1, 3) }],
    ["bias", { shape: [2], values: Float32Array.of(0, -2) }],
  ]);
  const area = 7 * 9;
  const { normalised } = await runGraph(graph, weights, { image: seededFloat16("x", 1, [1, 2, 7, 9], [2, 6]) });
  for (const [channel, mean, deviation] of [
    [0, 0, 1],
    [1, -2, 3],
  ] as const) {
    const values = normalised!.values.subarray(channel * area, (channel + 1) * area);
    const found = values.reduce((sum, value) => sum + value, 0) / area;
    const spread = values.reduce((sum, value) => sum + (value - found) ** 2, 0) / area;
    expect(found).toBeCloseTo(mean, 5);
    expect(Math.sqrt(spread)).toBeCloseTo(deviation, 4);
  }
});
