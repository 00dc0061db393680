import type { Picture } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { drawBlankFrame } from "./blank-frame.ts";
import type { DrawnPair } from "./drawn-pair.ts";
import { drawLampScene } from "./lamp-scene.ts";

const mean = ({ samples }: Picture) => samples.reduce((sum, value) => sum + value, 0) / samples.length;
const variance = ({ samples }: Picture) => {
  const middle = samples.reduce((sum, value) => sum + value, 0) / samples.length;
  return samples.reduce((sum, value) => sum + (value - middle) ** 2, 0) / samples.length;
};
const draw = (count: number, from: (seed: number, name: string) => DrawnPair) =>
  Array.from({ length: count }, (_, k) => from(1, String(k)));

describe("frames without a scene", () => {
  const frames = draw(30, drawBlankFrame);

  test("the target is as bright as the record, and not noisier", () => {
    for (const { low, normal, scene } of frames) {
      expect(Math.abs(mean(low) - mean(normal))).toBeLessThan(scene === "page" ? 0.01 : 1 / 255);
      // Demosaicing softens print.
      if (scene !== "page") expect(variance(normal)).toBeLessThanOrEqual(variance(low) + 1e-9);
    }
  });

  test("all kinds come, most of them black", () => {
    const kinds = frames.map(({ scene }) => scene);
    expect(new Set(kinds)).toEqual(new Set(["black", "noise", "even", "paper", "page"]));
    const black = frames.filter(({ scene }) => scene === "black");
    expect(black.length).toBeGreaterThan(10);
    for (const { normal } of black) expect(mean(normal)).toBeLessThan(20 / 255);
    for (const { normal, scene } of frames) if (scene === "paper") expect(mean(normal)).toBeGreaterThan(220 / 255);
  });
});

describe("lights in the dark", () => {
  const scenes = draw(30, drawLampScene);

  test("all kinds come, dark on the whole, bright in places, the target free of noise", () => {
    expect(new Set(scenes.map(({ scene }) => scene))).toEqual(
      new Set(["lamps", "stars", "windows", "skyline", "stage", "moonlight"]),
    );
    for (const { low, normal } of scenes) {
      expect(mean(normal)).toBeLessThan(0.5);
      expect(Math.abs(mean(low) - mean(normal))).toBeLessThan(0.03);
    }
    const lamps = scenes.filter(({ scene }) => scene === "lamps");
    expect(lamps.filter(({ normal }) => normal.samples.some((sample) => sample > 0.9)).length).toBeGreaterThan(
      lamps.length / 2,
    );
    expect(scenes.filter(({ low, normal }) => low === normal).length).toBeGreaterThan(2);
  });
});

test.each([drawBlankFrame, drawLampScene])("%o draws the same from the same seed and name alone", (from) => {
  // A hash, since comparing half a million samples by name takes seconds.
  const hash = (seed: number, name: string) =>
    from(seed, name).low.samples.reduce((sum, value, i) => (sum * 31 + value * (i + 1)) % 1e9, 0);
  expect(hash(3, "x")).toBe(hash(3, "x"));
  expect(new Set([hash(3, "x"), hash(4, "x"), hash(3, "y")]).size).toBe(3);
});
