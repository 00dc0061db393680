import { createPicture, decodeSrgb } from "@kindling/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { requireCamera } from "./camera-settings.ts";
import { drawDarkShot, lightLamps, type ShotRanges, takeDarkShot } from "./dark-shot.ts";
import { sceneOfPhoto } from "./scene-of-photo.ts";

const ranges: ShotRanges = {
  exposureEv: [-6, -1],
  noise: [1e-4, 2e-2],
  kelvin: [2700, 8000],
  adaptation: [0.7, 1],
  balanceErrorPercent: [-6, 6],
  cornerAngleDegrees: [0, 25],
  highlightStops: [0, 2],
  tone: [0, 1],
  denoising: [0, 1],
  sharpening: [0, 1],
  jpegQuality: [60, 97],
  parts: 0,
  unchanged: 0,
  lamps: 0,
};

/** Nothing but less light. */
const darkerOnly: ShotRanges = {
  exposureEv: [-2, -2],
  noise: [0, 0],
  kelvin: [6504, 6504],
  adaptation: [1, 1],
  balanceErrorPercent: [0, 0],
  cornerAngleDegrees: [0, 0],
  highlightStops: [0, 0],
  tone: [0, 0],
  denoising: [0, 0],
  sharpening: [0, 0],
  jpegQuality: [0, 0],
  parts: 0,
  unchanged: 0,
  lamps: 0,
};

test("a draw depends on seed and name alone, lies in its ranges, and is valid for a camera", () => {
  fc.assert(
    fc.property(fc.integer(), fc.string(), (seed, name) => {
      const shot = drawDarkShot(ranges, seed, name);
      expect(drawDarkShot(ranges, seed, name)).toEqual(shot);
      requireCamera(shot.camera);
      const { exposureEv, noise, cornerAngleDegrees } = shot.camera;
      for (const [value, [min, max]] of [
        [exposureEv, ranges.exposureEv],
        [noise.a, ranges.noise],
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

test("noise is even on the logarithmic scale, colour temperature in reciprocal kelvin", () => {
  const shots = Array.from({ length: 2000 }, (_, i) => drawDarkShot({ ...ranges, noise: [1e-5, 1e-4] }, i, "photo"));
  const shareBelow = (middle: number, values: number[]) => values.filter((v) => v < middle).length / values.length;
  // Half lie below the middle of each scale; five standard errors are 0.056.
  const noiseBelow = shareBelow(
    Math.sqrt(1e-5 * 1e-4),
    shots.map(({ camera }) => camera.noise.a),
  );
  const kelvinBelow = shareBelow(
    2 / (1 / 2700 + 1 / 8000),
    shots.map(({ kelvin }) => kelvin),
  );
  const evBelow = shareBelow(
    -3.5,
    shots.map(({ camera }) => camera.exposureEv),
  );
  for (const share of [noiseBelow, kelvinBelow, evBelow]) expect(Math.abs(share - 0.5)).toBeLessThan(0.056);
});

test("read noise follows shot noise by ln b = 2.18 ln a + 1.20, with a spread of 0.26", () => {
  const residuals = Array.from({ length: 2000 }, (_, i) => {
    const { a, b } = drawDarkShot(ranges, i, "photo").camera.noise;
    return Math.log(b) - 2.18 * Math.log(a) - 1.2;
  });
  const mean = residuals.reduce((sum, value) => sum + value, 0) / residuals.length;
  const spread = Math.sqrt(residuals.reduce((sum, value) => sum + (value - mean) ** 2, 0) / residuals.length);
  // Five standard errors: 0.26 / sqrt(n) of the mean, 0.26 / sqrt(2 n) of the spread.
  expect(Math.abs(mean)).toBeLessThan(0.03);
  expect(Math.abs(spread - 0.26)).toBeLessThan(0.021);
});

test("noise leaves white at least 60 electrons, and low noise comes at every exposure", () => {
  const shots = Array.from({ length: 1000 }, (_, i) => drawDarkShot({ ...ranges, parts: 0.5 }, i, "photo"));
  for (const { camera, darkening } of shots) {
    const darkest = 2 ** (camera.exposureEv + (darkening?.stops ?? 0));
    expect(camera.noise.a).toBeLessThanOrEqual(Math.max(1e-4, darkest / 60) * (1 + 1e-9));
  }
  const isLow = ({ camera }: (typeof shots)[number]) => camera.noise.a < 3e-4;
  for (const ev of [-2, -5]) {
    const near = shots.filter(({ camera }) => Math.abs(camera.exposureEv - ev) < 0.5);
    expect(near.filter(isLow).length).toBeGreaterThan(0.1 * near.length);
  }
});

test("cameras differ: every mosaic, 10 to 14 bits, gains as cameras have them, matrices that keep white", () => {
  const cameras = Array.from({ length: 400 }, (_, i) => drawDarkShot(ranges, i, "photo").camera);
  expect(new Set(cameras.map(({ mosaic }) => mosaic))).toEqual(new Set([0, 1, 2, 3, "reduced"]));
  expect(new Set(cameras.map(({ converterBits }) => converterBits))).toEqual(new Set([10, 11, 12, 13, 14]));
  for (const { channelGains, colourMatrix, correctionMatrix } of cameras) {
    expect(channelGains[0]).toBeGreaterThanOrEqual(1.9);
    expect(channelGains[0]).toBeLessThanOrEqual(2.4);
    expect(channelGains[2]).toBeGreaterThanOrEqual(1.5);
    expect(channelGains[2]).toBeLessThanOrEqual(1.9);
    for (const row of [...colourMatrix, ...correctionMatrix]) expect(row[0] + row[1] + row[2]).toBeCloseTo(1, 10);
  }
  // Some cameras have a plain sRGB curve, some no noise reduction, some no sharpening.
  const shareOf = (has: (camera: (typeof cameras)[number]) => boolean) => cameras.filter(has).length / cameras.length;
  for (const share of [
    shareOf(({ toneCurve }) => toneCurve.contrast === 0 && toneCurve.toe === 0),
    shareOf(({ processing }) => processing.chromaDenoising === 0),
    shareOf(({ processing }) => processing.sharpening === 0),
  ]) {
    expect(share).toBeGreaterThan(0.15);
    expect(share).toBeLessThan(0.42);
  }
});

test("shares of photos that are darkened in parts or left as they are come as often as asked", () => {
  const shots = Array.from({ length: 1000 }, (_, i) => drawDarkShot({ ...ranges, parts: 0.3, unchanged: 0.2 }, i, "p"));
  const share = (kind: string) => shots.filter((shot) => shot.kind === kind).length / shots.length;
  // Five standard errors are 0.073 and 0.063.
  expect(Math.abs(share("part") - 0.3)).toBeLessThan(0.073);
  expect(Math.abs(share("unchanged") - 0.2)).toBeLessThan(0.063);
  for (const { kind, darkening, camera } of shots) {
    expect(darkening === undefined).toBe(kind !== "part");
    if (kind === "unchanged") expect(camera.exposureEv).toBe(0);
    if (kind === "part") expect(camera.exposureEv).toBeGreaterThanOrEqual(-1);
    if (darkening) expect(darkening.stops).toBeLessThanOrEqual(-1);
    if (darkening) expect(darkening.stops).toBeGreaterThanOrEqual(-5);
  }
});

test("a photo left as it is keeps its mean within 1/255 and its pixels within the noise", () => {
  const photo = createPicture(64, 48, 3);
  for (let i = 0; i < photo.samples.length; i++) photo.samples[i] = 0.2 + (0.6 * i) / photo.samples.length;
  for (const seed of [1, 2, 3]) {
    const { samples } = takeDarkShot(photo, drawDarkShot({ ...ranges, unchanged: 1 }, seed, "photo"));
    const differences = samples.map((sample, i) => sample - photo.samples[i]);
    expect(Math.abs(differences.reduce((sum, value) => sum + value, 0) / samples.length)).toBeLessThan(1 / 255);
    const squares = differences.reduce((sum, value) => sum + value ** 2, 0) / samples.length;
    expect(Math.sqrt(squares)).toBeLessThan(0.04);
  }
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
  [{ noise: [1e-2, 1e-3] }, /noise/],
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

/** An even grey picture of 480 x 320 pixels. */
function evenGrey(encoded: number) {
  const picture = createPicture(480, 320, 3);
  picture.samples.fill(encoded);
  return picture;
}

test("lamps come as often as asked, in photos darkened as a whole alone, and change nothing else of a shot", () => {
  const shots = (lamps: number) =>
    Array.from({ length: 1000 }, (_, i) => drawDarkShot({ ...ranges, parts: 0.3, unchanged: 0.2, lamps }, i, "p"));
  const [without, some] = [shots(0), shots(0.4)];
  expect(some.map((shot) => ({ ...shot, lampsSeed: 0 }))).toEqual(without);
  const whole = some.filter(({ kind }) => kind === "whole");
  const lit = some.filter(({ lampsSeed }) => lampsSeed > 0);
  expect(lit.every(({ kind }) => kind === "whole")).toBe(true);
  // Five standard errors of a share of 0.4 of about 500.
  expect(Math.abs(lit.length / whole.length - 0.4)).toBeLessThan(0.11);
});

test("lamps are as bright in the dark photo as in the good one, and light neither picture elsewhere", () => {
  const shot = drawDarkShot({ ...darkerOnly, exposureEv: [-5, -5], lamps: 1 }, 3, "p");
  const photo = evenGrey(0.5);
  const [low, normal] = [takeDarkShot(photo, shot), lightLamps(photo, shot)];
  const brightest = (samples: Float32Array) => samples.reduce((most, value) => Math.max(most, value), 0);
  const median = (samples: Float32Array) => [...samples].sort((a, b) => a - b)[samples.length >> 1]!;
  expect(brightest(normal.samples)).toBeGreaterThan(0.7);
  expect(brightest(low.samples)).toBeGreaterThan(0.6);
  expect(decodeSrgb(median(normal.samples))).toBeCloseTo(decodeSrgb(0.5), 1);
  expect(decodeSrgb(median(low.samples))).toBeLessThan(2 * 2 ** -5 * decodeSrgb(0.5));
  expect(photo.samples.every((value) => value === 0.5)).toBe(true);
});

test("a good photo without lamps is given as it is; grey ones are lit too", () => {
  const photo = evenGrey(0.5);
  expect(lightLamps(photo, { lampsSeed: 0 })).toBe(photo);
  const grey = createPicture(96, 64, 1);
  expect(lightLamps(grey, { lampsSeed: 7 }).samples.some((value) => value > 0.3)).toBe(true);
});
