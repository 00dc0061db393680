import { createGraph, input, linearLight } from "@kindling/nets";
import { expect, test } from "vitest";
import { describeNetworkFacts } from "../../../../test/support/network-facts.ts";
import { runGraph } from "../../../../test/support/run-graph.ts";
import { sidNetworks } from "./networks.ts";
import { packMosaic } from "./sid.ts";
import { exposureRatio } from "./step.ts";

describeNetworkFacts(Object.values(sidNetworks), {
  sid: { parameters: 7_760_268, tiling: [215, 32] },
  "sid/develop": { parameters: 7_760_268, gigaMacs: 56.78 },
});

test("a mosaic is packed as red, green, blue and green, clockwise from the top left", async () => {
  const light = input("light", [1, 3, 2, 4]);
  const graph = createGraph("mosaic", [light], { packed: packMosaic(light) });
  // The value tells channel, row and column.
  const values = Float32Array.from(
    { length: 24 },
    (_, i) => 100 * Math.floor(i / 8) + 10 * (Math.floor(i / 4) % 2) + (i % 4),
  );
  const { packed } = await runGraph(graph, new Map(), { light: { shape: [1, 3, 2, 4], values } });
  expect(packed.shape).toEqual([1, 4, 1, 2]);
  expect([...packed.values]).toEqual([0, 2, 101, 103, 211, 213, 110, 112]);
});

test("the ratio of exposures is that of mean linear light, from 1 to 300", async () => {
  const [low, high] = [input("low", [3, 3, 1, 1]), input("high", [3, 3, 1, 1])];
  const graph = createGraph("ratio", [low, high], { ratio: exposureRatio(low, high), light: linearLight(low) });
  const of = (...greys: number[]) => ({
    shape: [3, 3, 1, 1],
    values: Float32Array.from({ length: 9 }, (_, i) => greys[Math.floor(i / 3)]),
  });
  const { ratio, light } = await runGraph(graph, new Map(), { low: of(0.5, 0.02, 0), high: of(0.25, 0.5, 1) });
  expect(light.values[0]).toBeCloseTo(0.214041, 5);
  expect(light.values[3]).toBeCloseTo(0.02 / 12.92, 6);
  expect(ratio.values[0]).toBe(1);
  expect(ratio.values[1]).toBeCloseTo(0.214041 / (0.02 / 12.92), 2);
  expect(ratio.values[2]).toBe(300);
});
