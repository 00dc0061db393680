import type { ModelTensor } from "@kindling/core";
import { countMacs, countParameters, createGraph, createScope, depthToSpace, input, tilingOf } from "@kindling/nets";
import { describe, expect, it } from "vitest";
import { lively } from "../../../../test/support/ember-weights.ts";
import { runGraph } from "../../../../test/support/run-graph.ts";
import { findNetwork } from "../systems.ts";
import { blockPx, emberFeatures } from "./facts.ts";
import { flatBlocks } from "./flat-blocks.ts";

const analysis = findNetwork("ember/analysis").build();
const { haloPx, alignmentPx } = tilingOf(analysis)!;

/** So large that a square in the middle lies beyond the reach of all borders, three blocks of the coarsest level wide. */
const sidePx = 2 * Math.ceil(haloPx / alignmentPx) * alignmentPx + 3 * alignmentPx;

function spreadInside({ shape, values }: ModelTensor): number {
  const [, channels = 0, height = 0, width = 0] = shape;
  let largest = 0;
  for (let channel = 0; channel < channels; channel++) {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let y = haloPx; y < height - haloPx; y++) {
      for (let x = haloPx; x < width - haloPx; x++) {
        const value = values[(channel * height + y) * width + x]!;
        [least, most] = [Math.min(least, value), Math.max(most, value)];
      }
    }
    largest = Math.max(largest, most - least);
  }
  return largest;
}

function flat([red, green, blue]: readonly [number, number, number]): ModelTensor {
  const size = sidePx * sidePx;
  const values = new Float32Array(3 * size)
    .fill(red, 0, size)
    .fill(green, size, 2 * size)
    .fill(blue, 2 * size);
  return { shape: [1, 3, sidePx, sidePx], values };
}

describe("Ember on a picture of one colour", () => {
  const features = { shape: [1, emberFeatures, 1, 1], values: new Float32Array(emberFeatures).fill(0.3) };
  it.each([
    ["nearly black", [0.01, 0.01, 0.01]],
    ["dark grey", [0.05, 0.05, 0.05]],
    ["middle grey", [0.2, 0.2, 0.2]],
    ["dark orange", [0.2, 0.1, 0.02]],
  ] as const)("finds %s the same everywhere, whatever its weights: no grid", async (_, colour) => {
    const maps = await runGraph(analysis, lively(analysis), { image: flat(colour), features });
    for (const map of Object.values(maps)) expect(spreadInside(map)).toBeLessThan(1e-5);
    // Nothing would be flat by itself.
    expect(Math.abs(maps["detail"]!.values[0]!)).toBeGreaterThan(1e-4);
  });
});

describe("flatBlocks", () => {
  it("tells the 16 pixels of a block apart where features change", async () => {
    const x = input("x", [1, 2, 5, 5]);
    const graph = createGraph("blocks", [x], { y: depthToSpace(flatBlocks(createScope(), x, 1), blockPx) });
    const values = Float32Array.from({ length: 50 }, (_, i) => (i % 5) / 5);
    const { y } = await runGraph(graph, lively(graph), { x: { shape: [1, 2, 5, 5], values } });
    const block = Array.from({ length: 16 }, (_, i) => y!.values[(8 + Math.floor(i / 4)) * 20 + 8 + (i % 4)]);
    expect(new Set(block).size).toBe(16);
  });
});

describe("Ember's cost", () => {
  it("is 5 GMAC at 640x480 at most, rounded, and 1.2 million parameters", () => {
    const whole = findNetwork("ember").build();
    expect(countMacs(whole, { batch: 1, height: 480, width: 640 })).toBeLessThan(5.05e9);
    expect(countParameters(whole)).toBeLessThan(1.2e6);
  });

  it("is nearly all in what is done once: relighting has no convolution", () => {
    const relight = findNetwork("ember/relight").build();
    expect(countMacs(relight, { batch: 1, height: 480, width: 640 })).toBe(0);
    expect(relight.nodes.length).toBeLessThan(50);
  });
});
