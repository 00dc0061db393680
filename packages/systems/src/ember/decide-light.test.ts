import { createRandom, type ModelTensor } from "@kindling/core";
import { expect, test } from "vitest";
import { decideLight } from "./decide-light.ts";
import { emberCells, emberFeatures, emberTones, emberOverviewPx as side } from "./facts.ts";

const cells = emberCells ** 2;
const filled = (channels: number, size: number, value: number): ModelTensor => ({
  shape: [2, channels, Math.sqrt(size), Math.sqrt(size)],
  values: new Float32Array(2 * channels * size).fill(value),
});
const answers = {
  features: filled(emberFeatures, 1, 0.3),
  gains: filled(emberTones, cells, 0.5),
  balance: filled(3, cells, 1.25),
  saturation: filled(1, cells, 0.75),
  black: filled(3, 1, 0.0625),
};
const overview = (value: (x: number, y: number) => number): ModelTensor => ({
  shape: [1, 3, side, side],
  values: Float32Array.from({ length: 3 * side * side }, (_, i) => value(i % side, Math.floor(i / side) % side)),
});

test("a scene is lit, balanced, saturated and freed from black as the overview answers", () => {
  const { gains, balance, saturation, black, share, features } = decideLight(
    overview((x) => (x < 40 ? 0.1 : 0.6)),
    answers,
  );
  expect([gains[0], balance[0], saturation[0], share]).toEqual([0.5, 1.25, 0.75, 1]);
  expect(black).toEqual([0.0625, 0.0625, 0.0625]);
  expect(features).toEqual({ shape: [1, emberFeatures, 1, 1], values: new Float32Array(emberFeatures).fill(0.3) });
});

test("a frame of noise alone keeps its colours, its light, its black and a quarter of the noise", () => {
  const random = createRandom(1, "noise");
  const noise = decideLight(
    overview(() => 0.02 * random()),
    answers,
  );
  expect([noise.share, noise.noiseShare]).toEqual([0, 0.75]);
  expect(new Set([...noise.balance, ...noise.saturation])).toEqual(new Set([1]));
  expect(noise.black).toEqual([0, 0, 0]);
});

test("a scene in violet light keeps the colour of that light, and is lit and saturated as the overview answers", () => {
  const { shape, values } = overview((x) => (x < 40 ? 0.1 : 0.6));
  const violet = values.map((value, i) => (Math.floor(i / side ** 2) === 1 ? value / 4 : value));
  const { gains, balance, saturation } = decideLight({ shape, values: violet }, answers);
  expect([gains[0], balance[0], saturation[0]]).toEqual([0.5, 1, 0.75]);
});

test("a dark photo gets its least gain where the overview answers less", () => {
  const { gains } = decideLight(
    overview((x) => (x < 62 ? 0.01 + x / 1000 : 1)),
    answers,
  );
  expect(Math.min(...gains)).toBeGreaterThan(0.5);
});
