import { decodeSrgb, encodeSrgb } from "@kindling/core";
import { expect, test } from "vitest";
import { runGraph } from "../../../../test/support/run-graph.ts";
import { createGraph } from "./graph.ts";
import { encodedLight, linearLight } from "./srgb.ts";
import { input } from "./tensor.ts";

test("the graphs of sRGB's curve and of its inverse give what core computes", async () => {
  const x = input("x", [1, 1, 1, 258]);
  const graph = createGraph("srgb", [x], { light: linearLight(x), encoded: encodedLight(x) });
  const values = Float32Array.from({ length: 258 }, (_, i) => (i - 1) / 256);
  const { light, encoded } = await runGraph(graph, new Map(), { x: { shape: [1, 1, 1, 258], values } });
  for (const [i, value] of values.entries()) {
    expect(light.values[i]).toBeCloseTo(decodeSrgb(Math.max(value, 0)), 6);
    expect(encoded.values[i]).toBeCloseTo(encodeSrgb(Math.max(value, 0)), 6);
  }
});
