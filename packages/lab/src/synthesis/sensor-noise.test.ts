import { createPicture, createRandom } from "@kindling/core";
import { expect, test } from "vitest";
import { type CameraSettings, perfectCamera, type SensorNoise } from "./camera-settings.ts";
import { exposePhotosites } from "./mosaic.ts";
import { readNoiseOf, senseLight } from "./sensor-noise.ts";

const side = 240;

function recordFlat(light: number, change: Partial<CameraSettings>) {
  const scene = createPicture(side, side, 3);
  scene.samples.fill(light);
  const camera = { ...perfectCamera, mosaic: 0, ...change } as const;
  const random = createRandom(7, `light ${light}`);
  return exposePhotosites(scene, camera).map((sites) => {
    senseLight(sites, camera, random);
    return sites;
  });
}

function momentsOf(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = (value: number) => (value - mean) ** 2;
  const variance = values.reduce((sum, value) => sum + square(value), 0) / values.length;
  const fourth = values.reduce((sum, value) => sum + square(value) ** 2, 0) / values.length;
  return { mean, variance, error: Math.sqrt((fourth - variance ** 2) / values.length) };
}

const noise: SensorNoise = { a: 2e-3, b: 1e-5, readShape: 0.1, rowShare: 0 };

test.each([
  [0.04, noise],
  [0.4, noise],
  [0.2, { ...noise, a: 1e-4, b: 1e-8, readShape: -0.03 }],
  [0.01, { ...noise, a: 2e-2, b: 6e-4 }],
] as const)("flat light %d: the variance of each Bayer colour is a x + b", (light, shown) => {
  const channelGains = [2, 1, 1.6] as const;
  for (const { plane, filters } of recordFlat(light, { noise: shown, channelGains })) {
    for (const channel of [0, 1, 2] as const) {
      const values = [...plane.values].filter((_, i) => filters[Math.floor(i / side) & 1][(i % side) & 1] === channel);
      expect(values.length).toBe((side * side) / (channel === 1 ? 2 : 4));
      const expected = light / channelGains[channel];
      const { mean, variance, error } = momentsOf(values);
      expect(Math.abs(mean - expected)).toBeLessThan(5 * Math.sqrt(variance / values.length));
      expect(Math.abs(variance - (shown.a * expected + shown.b))).toBeLessThan(5 * error);
    }
  }
});

test("a picture reduced to half its size averages two green photosites and has one each of red and blue", () => {
  const [red, green] = recordFlat(0.1, { noise, mosaic: "reduced" }).map(({ plane }) => momentsOf([...plane.values]));
  const expected = noise.a * 0.1 + noise.b;
  expect(Math.abs(red.variance - expected)).toBeLessThan(5 * red.error);
  expect(Math.abs(green.variance - expected / 2)).toBeLessThan(5 * green.error);
});

test("row noise moves a whole row together, and differently from row to row", () => {
  const [{ plane }] = recordFlat(0.5, { noise: { a: 0, b: 1e-4, readShape: 0.14, rowShare: 2 } });
  const means = Array.from(
    { length: side },
    (_, y) => momentsOf([...plane.values.subarray(y * side, (y + 1) * side)]).mean,
  );
  // 2 x 0.01 of the row, and the mean of 240 draws of 0.01.
  const expected = Math.sqrt(0.02 ** 2 + 0.01 ** 2 / side);
  const { variance } = momentsOf(means);
  expect(Math.abs(Math.sqrt(variance) / expected - 1)).toBeLessThan(5 / Math.sqrt(2 * side));
});

test("the converter counts in whole steps, from below black to white", () => {
  const [{ plane }] = recordFlat(0.01, { noise: { ...noise, b: 1e-3 }, converterBits: 6 });
  const fromSteps = plane.values.map((value) => Math.abs(value * 63 - Math.round(value * 63)));
  expect(Math.max(...fromSteps)).toBeLessThan(1e-4);
  expect(Math.min(...plane.values)).toBeLessThan(0);
  const [white] = recordFlat(3, { noise });
  expect(Math.max(...white.plane.values)).toBe(1);
});

test("read noise follows from shot noise by the law of arXiv 1811.11127", () => {
  expect(Math.log(readNoiseOf(1e-3))).toBeCloseTo(2.18 * Math.log(1e-3) + 1.2, 10);
  expect(readNoiseOf(1e-3, 0.26) / readNoiseOf(1e-3)).toBeCloseTo(Math.exp(0.26), 10);
  expect(readNoiseOf(0)).toBe(0);
});
