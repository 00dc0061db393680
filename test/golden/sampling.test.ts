import { readFileSync } from "node:fs";
import { finish } from "@kindling/core";
import { areaReduce } from "@kindling/core/internal";
import { createGraph, freeDimension, gaussianBlur, input, integers, reduceArea, resizeNearest } from "@kindling/nets";
import { mirrorBorder, repeatEdgeToMultiple } from "@kindling/nets/internal";
import { describe, expect, it } from "vitest";
import { largestDifference, runGraph, seededFloat16 } from "../support/run-graph.ts";
import { hasShared, sharedPath } from "../support/shared.ts";

const noWeights = new Map();

describe.skipIf(!hasShared)("resizing by repeating pixels", () => {
  const { maps } = hasShared
    ? (JSON.parse(readFileSync(sharedPath("golden", "tf_nearest_index.json"), "utf8")) as {
        maps: Record<string, number[]>;
      })
    : { maps: {} };

  it.each(Object.entries(maps))("takes %s pixels from where TensorFlow 1 takes them", async (sizes, expected) => {
    const [from, to] = sizes.split("->").map(Number);
    const column = input("image", [1, 1, freeDimension("height"), 1]);
    const resized = resizeNearest(column, integers([to]), integers([1]));
    const graph = createGraph("resize", [column], { resized });
    const values = Float32Array.from({ length: from }, (_, row) => row);
    const { resized: rows } = await runGraph(graph, noWeights, { image: { shape: [1, 1, from, 1], values } });
    expect([...rows.values]).toEqual(expected);
  });
});

describe("a mirrored border", () => {
  it.each([
    [
      [1, 2, 3],
      [1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2],
    ],
    [[1], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]],
    [
      [1, 2],
      [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1],
    ],
  ])("around %j goes back and forth as far as it is wide", async (pixels, expected) => {
    const row = input("image", [1, 1, 1, freeDimension("width")]);
    const graph = createGraph("border", [row], { wide: mirrorBorder(row, 3, integers([4]), integers([5])) });
    const image = { shape: [1, 1, 1, pixels.length], values: Float32Array.from(pixels) };
    const { wide } = await runGraph(graph, noWeights, { image });
    expect([...wide.values]).toEqual(expected);
  });
});

describe("a border that repeats the edge", () => {
  it.each([
    [[5], [5, 5, 5, 5]],
    [
      [1, 2, 3, 4, 5],
      [1, 2, 3, 4, 5, 5, 5, 5],
    ],
    [
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ],
  ])("brings %j to a multiple of 4", async (pixels, expected) => {
    const row = input("image", [1, 1, 1, freeDimension("width")]);
    const graph = createGraph("border", [row], { wide: repeatEdgeToMultiple(row, 4) });
    const image = { shape: [1, 1, 1, pixels.length], values: Float32Array.from(pixels) };
    const { wide } = await runGraph(graph, noWeights, { image });
    expect(wide.shape).toEqual([1, 1, 4, expected.length]);
    expect([...wide.values.subarray(0, expected.length)]).toEqual(expected);
  });
});

describe("reducing by area in a graph", () => {
  it.each([
    [64, 64],
    [37, 90],
    [100, 9],
    [1, 1],
  ])("equals the pipeline's from %i x %i pixels", async (height, width) => {
    const size = [1, 1, freeDimension("height"), freeDimension("width")];
    const picture = input("image", size);
    const graph = createGraph("reduce", [picture], { reduced: reduceArea(picture, 16) });
    const image = seededFloat16("area", 5, [1, 1, height, width], [0, 1]);
    const { reduced } = await runGraph(graph, noWeights, { image });
    const expected = finish(areaReduce({ width, height, values: image.values }, 16, 16));
    expect(largestDifference(reduced.values, expected.values)).toBeLessThan(1e-5);
  });
});

describe("Gaussian blur", () => {
  it("keeps a flat picture flat and a point's sum", async () => {
    const picture = input("image", [1, 1, 9, 9]);
    const graph = createGraph("blur", [picture], { blurred: gaussianBlur(picture, 1, 3, "mirror") });
    const values = new Float32Array(81);
    values[40] = 1;
    const { blurred } = await runGraph(graph, noWeights, { image: { shape: [1, 1, 9, 9], values } });
    expect(blurred.values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    const e = Math.exp;
    const sum = 1 + 2 * (e(-0.5) + e(-2) + e(-4.5));
    expect(blurred.values[40]).toBeCloseTo(1 / sum ** 2, 5);
  });
});
