import { createRandom, finish, type Picture } from "@kindling/core";
import { expect, test } from "vitest";
import { createReducedAnalysis, enlargeAnalysis } from "./reduced-analysis.ts";
import { rowKernel } from "./row-kernel.ts";

const random = createRandom(3, "noise");

/** A picture whose pixels come from a function, with even or odd sides. */
function pictureOf(width: number, height: number, value: (x: number, y: number, channel: number) => number): Picture {
  const samples = Float32Array.from({ length: 3 * width * height }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return value(pixel % width, Math.floor(pixel / width), i % 3);
  });
  return { width, height, channels: 3, samples };
}

/** Halves a picture of even sides by area. */
function halve({ width, height, samples }: Picture): Picture {
  return pictureOf(width / 2, height / 2, (x, y, channel) => {
    const at = (dx: number, dy: number) => samples[3 * ((2 * y + dy) * width + 2 * x + dx) + channel] ?? Number.NaN;
    return (at(0, 0) + at(1, 0) + at(0, 1) + at(1, 1)) / 4;
  });
}

/** The square roots of a colour. */
function rootsOf({ samples }: Picture, channel: number): Float32Array {
  return samples.filter((_, i) => i % 3 === channel).map(Math.sqrt);
}

/** The picture's square roots with what an enlarged analysis adds, and the confidence. */
function enlarge(picture: Picture, detailOf: (roots: Float32Array) => Float32Array, sure = 0.5) {
  const small = halve(picture);
  const { reduced, store } = createReducedAnalysis(small);
  const details = [0, 1, 2].map((channel) => detailOf(rootsOf(small, channel)));
  for (let y = 0; y < small.height; y++) {
    const rows = rowKernel(picture.width);
    for (const [c, plane] of [rows.redDetail, rows.greenDetail, rows.blueDetail].entries()) {
      plane.set((details[c] as Float32Array).subarray(y * small.width, (y + 1) * small.width));
    }
    rows.confidence.fill(sure);
    store(y, 0, small.width, rows);
  }
  const plane = () => new Float32Array(picture.width * picture.height);
  const into = { detail: [plane(), plane(), plane()], confidence: plane() };
  const enlarging = enlargeAnalysis(picture, reduced, (y, from, to, rows) => {
    const side = picture.width;
    for (const [c, plane] of [rows.redDetail, rows.greenDetail, rows.blueDetail].entries()) {
      into.detail[c]?.set(plane.subarray(from, to), y * side);
    }
    into.confidence.set(rows.confidence.subarray(from, to), y * side);
  });
  finish(enlarging);
  const restored = into.detail.map((values, c) =>
    values.map((value, i) => value + Math.sqrt(picture.samples[3 * i + c] ?? 0)),
  );
  return { restored, confidence: into.confidence };
}

const spread = (values: Float32Array) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
};

/** A step of what is kept of an analysis. */
const step = 1 / 32767;

const noisy = pictureOf(64, 48, () => 0.1 + 0.05 * random());

test("where the analysis finds no noise, the photo keeps its finest detail", () => {
  const { restored, confidence } = enlarge(noisy, (values) => new Float32Array(values.length));
  for (const [c, values] of restored.entries()) {
    const changed = values.map((value, i) => value - Math.sqrt(noisy.samples[3 * i + c] ?? 0));
    expect(Math.max(...changed.map(Math.abs))).toBeLessThan(0.01 * spread(values));
  }
  expect(confidence.every((value) => Math.abs(value - 0.5) < step)).toBe(true);
});

test("where it takes all for noise, none of the finest detail is left", () => {
  const level = Math.sqrt(0.125);
  const { restored } = enlarge(noisy, (values) => values.map((value) => level - value));
  for (const values of restored) expect(spread(values)).toBeLessThan(step);
});

test("where it takes half, half of the finest detail is left", () => {
  const level = Math.sqrt(0.125);
  const before = spread(noisy.samples.map(Math.sqrt));
  const { restored } = enlarge(noisy, (values) => values.map((value) => (level - value) / 2));
  for (const values of restored) expect(spread(values) / before).toBeCloseTo(0.5, 1);
});

test("noise of colour and of grey have shares of their own", () => {
  const colour = pictureOf(64, 48, (_x, _y, c) => 0.1 + (c === 0 ? 0.05 * random() : 0));
  // The mean of the three channels is taken for signal, what differs from it for noise.
  const roots = [0, 1, 2].map((channel) => rootsOf(halve(colour), channel));
  const greys = (roots[0] as Float32Array).map((_, i) => roots.reduce((sum, values) => sum + (values[i] ?? 0), 0) / 3);
  const { restored } = enlarge(colour, (values) => values.map((value, i) => (greys[i] ?? 0) - value));
  const [reds, greens] = restored as [Float32Array, Float32Array, Float32Array];
  const greysLeft = spread(reds);
  expect(greysLeft).toBeGreaterThan(0.3 * spread(colour.samples.map(Math.sqrt).filter((_, i) => i % 3 === 0)));
  expect(spread(reds.map((value, i) => value - (greens[i] ?? 0)))).toBeLessThan(0.02 * greysLeft);
});
