import { createRandom } from "@kindling/core";
import { expect, test } from "vitest";
import { emberOverviewPx as side } from "./facts.ts";
import { shareWithSignal } from "./signal-share.ts";

const overview = (value: (x: number, y: number) => number) => ({
  shape: [1, 3, side, side],
  values: Float32Array.from({ length: 3 * side * side }, (_, i) => value(i % side, Math.floor(i / side) % side)),
});
const random = createRandom(1, "noise");

test.each([0, 1 / 255, 3 / 255, 0.2, 1])("an even frame of %f has no signal", (level) => {
  expect(shareWithSignal(overview(() => level))).toBe(0);
});

test.each([0.001, 0.01, 0.1])("noise of %f alone is no signal", (noise) => {
  expect(shareWithSignal(overview(() => 0.02 + noise * random()))).toBe(0);
});

test("a dark scene has signal, also under noise as strong as itself", () => {
  const scene = (x: number, y: number) => 0.02 + 0.008 * Math.sin(x / 9) * Math.cos(y / 7);
  expect(shareWithSignal(overview(scene))).toBe(1);
  expect(shareWithSignal(overview((x, y) => scene(x, y) + 0.014 * (random() - 0.5)))).toBe(1);
});

test("the share, worked by hand: halves of roots 0.2 and 0.213", () => {
  const halves = overview((x) => (x < side / 2 ? 0.2 : 0.213) ** 2);
  // v = 0.0065^2; of 63 steps across and as many down one in 126 is 0.013, so d = 0.013^2 / 126 / 2.
  const spread = Math.sqrt(0.0065 ** 2 - (1.2 * 0.013 ** 2) / 126 / 2);
  expect(shareWithSignal(halves)).toBeCloseTo(spread / 0.004 - 1, 4);
});

test("a lamp on black is signal", () => {
  expect(shareWithSignal(overview((x, y) => (Math.hypot(x - 30, y - 20) < 3 ? 1 : 0)))).toBe(1);
});
