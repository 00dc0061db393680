import { createPicture, decodeSrgb } from "@kindling/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { requireCamera } from "./camera-settings.ts";
import { drawDarkShot, type ShotRanges, takeDarkShot } from "./dark-shot.ts";
import { sceneOfPhoto } from "./scene-of-photo.ts";

const ranges: ShotRanges = {
  exposureEv: [-6, -1],
  iso: [200, 6400],
  kelvin: [2700, 8000],
  adaptation: [0.6, 1],
  balanceErrorPercent: [-6, 6],
  cornerAngleDegrees: [0, 25],
  highlightStops: [0, 2],
  jpegQuality: [80, 97],
};

/** Nothing but less light. */
const darkerOnly: ShotRanges = {
  exposureEv: [-2, -2],
  iso: [0, 0],
  kelvin: [6504, 6504],
  adaptation: [1, 1],
  balanceErrorPercent: [0, 0],
  cornerAngleDegrees: [0, 0],
  highlightStops: [0, 0],
  jpegQuality: [0, 0],
};

test("a draw depends on seed and name alone, lies in its ranges, and is valid for a camera", () => {
  fc.assert(
    fc.property(fc.integer(), fc.string(), (seed, name) => {
      const shot = drawDarkShot(ranges, seed, name);
      expect(drawDarkShot(ranges, seed, name)).toEqual(shot);
      requireCamera(shot.camera);
      const { exposureEv, iso, cornerAngleDegrees } = shot.camera;
      for (const [value, [min, max]] of [
        [exposureEv, ranges.exposureEv],
        [iso, ranges.iso],
        [cornerAngleDegrees, ranges.cornerAngleDegrees],
        [shot.kelvin, ranges.kelvin],
        [shot.adaptation, ranges.adaptation],
        [shot.highlightStops, ranges.highlightStops],
        [shot.jpegQuality, ranges.jpegQuality],
      ] as const) {
        expect(value).toBeGreaterThanOrEqual(min);
        expect(value).toBeLessThanOrEqual(max);
      }
      expect(Number.isInteger(shot.jpegQuality)).toBe(true);
    }),
  );
});

test("photos, and seeds, differ in their circumstances and their noise", () => {
  const shots = [drawDarkShot(ranges, 1, "a"), drawDarkShot(ranges, 1, "b"), drawDarkShot(ranges, 2, "a")];
  expect(new Set(shots.map(({ noiseSeed }) => noiseSeed)).size).toBe(3);
  expect(new Set(shots.map(({ camera }) => camera.exposureEv)).size).toBe(3);
});

test("film speed is even on the scale of stops, colour temperature in reciprocal kelvin", () => {
  const shots = Array.from({ length: 2000 }, (_, i) => drawDarkShot(ranges, i, "photo"));
  const shareBelow = (middle: number, values: number[]) => values.filter((v) => v < middle).length / values.length;
  // Half lie below the middle of each scale; five standard errors are 0.056.
  const isoBelow = shareBelow(
    Math.sqrt(200 * 6400),
    shots.map(({ camera }) => camera.iso),
  );
  const kelvinBelow = shareBelow(
    2 / (1 / 2700 + 1 / 8000),
    shots.map(({ kelvin }) => kelvin),
  );
  const evBelow = shareBelow(
    -3.5,
    shots.map(({ camera }) => camera.exposureEv),
  );
  for (const share of [isoBelow, kelvinBelow, evBelow]) expect(Math.abs(share - 0.5)).toBeLessThan(0.056);
});

test("a camera that balances out all of the light's colour leaves grey grey, one that does not leaves a cast", () => {
  const grey = createPicture(1, 1, 3);
  grey.samples.fill(0.5);
  const castOf = (adaptation: number) => {
    const shot = drawDarkShot({ ...darkerOnly, kelvin: [3000, 3000], adaptation: [adaptation, adaptation] }, 1, "grey");
    const [red = 0, , blue = 0] = takeDarkShot(grey, { ...shot, camera: { ...shot.camera, recordedBits: 0 } }).samples;
    return red / blue;
  };
  expect(castOf(1)).toBeCloseTo(1, 5);
  expect(castOf(0.5)).toBeGreaterThan(1.2);
  expect(castOf(0)).toBeGreaterThan(castOf(0.5));
});

test("without noise and colour a shot at -2 EV has a quarter of the light, to the nearest of 256 levels", () => {
  const photo = createPicture(16, 16, 3);
  for (let i = 0; i < photo.samples.length; i++) photo.samples[i] = i / photo.samples.length;
  const dark = takeDarkShot(photo, drawDarkShot(darkerOnly, 1, "photo"));
  for (const [i, sample] of photo.samples.entries()) {
    expect(Math.abs(decodeSrgb(dark.samples[i]) - decodeSrgb(sample) / 4)).toBeLessThan(0.002);
    expect(Math.abs(dark.samples[i] * 255 - Math.round(dark.samples[i] * 255))).toBeLessThan(1e-4);
  }
});

test.each([
  [{ exposureEv: [-1, -6] }, /exposureEv: its range -1 to -6 holds no number/],
  [{ iso: [800, 100] }, /iso/],
  [{ kelvin: [100, 100] }, /1700 to 25000 K/],
] as const)("the ranges %j are refused", (wrong, message) => {
  expect(() => drawDarkShot({ ...ranges, ...wrong }, 1, "photo")).toThrow(message);
});

test("highlights grow by the given stops, light below stays, and the order stays", () => {
  const levels = [0, 0.5, 0.8, 0.85, 0.9, 0.95, 1];
  const photo = { ...createPicture(levels.length, 1, 1), samples: Float32Array.from(levels) };
  const scene = [...sceneOfPhoto(photo, 3).samples];
  expect(scene[1]).toBeCloseTo(decodeSrgb(0.5), 6);
  expect(scene[2]).toBeCloseTo(decodeSrgb(0.8), 6);
  // Half way from 0.8 to 1 the curve is at half of its stops.
  expect(scene[4]).toBeCloseTo(decodeSrgb(0.9) * 2 ** 1.5, 5);
  expect(scene[6]).toBe(8);
  expect(scene).toEqual(scene.toSorted((a, b) => a - b));
  expect(sceneOfPhoto(photo, 0).samples[6]).toBe(1);
});

test("a highlight keeps its hue, and alpha is no light", () => {
  const photo = { ...createPicture(1, 1, 4), samples: Float32Array.of(1, 0.6, 0.2, 0.9) };
  const [red = 0, green = 0, blue = 0, alpha = 0] = sceneOfPhoto(photo, 2).samples;
  expect(red).toBe(4);
  expect(green / red).toBeCloseTo(decodeSrgb(0.6), 6);
  expect(blue / red).toBeCloseTo(decodeSrgb(0.2), 6);
  expect(alpha).toBeCloseTo(0.9, 6);
});
