import { expect, test } from "vitest";
import { finish } from "../../flow/steps.ts";
import { createPicture, createPlane, type Picture } from "../../image/picture.ts";
import { createRandom } from "../../image/random.ts";
import { bm3d } from "./bm3d.ts";
import { addBorder, removeBorder } from "./bordered-plane.ts";
import { denoisePlanes } from "./denoise-planes.ts";
import { estimateNoise } from "./estimate-noise.ts";
import { matchPatches } from "./match-patches.ts";

function noiseOf(seed: number): () => number {
  const random = createRandom(seed, "noise");
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Stripes of two tones, with noise of so many levels. */
function stripes(width: number, height: number, sigma: number): Picture {
  const picture = createPicture(width, height, 3);
  const noise = noiseOf(5);
  for (let i = 0; i < picture.samples.length; i++) {
    const tone = Math.floor((Math.floor(i / 3) % width) / 6) % 2 ? 0.6 : 0.4;
    picture.samples[i] = tone + (sigma / 255) * noise();
  }
  return picture;
}

function deviation(a: Picture, b: Picture): number {
  let sum = 0;
  for (let i = 0; i < a.samples.length; i++) sum += (255 * (a.samples[i] - b.samples[i])) ** 2;
  return Math.sqrt(sum / a.samples.length);
}

test.each([10, 0])("noise of 10 levels becomes less than 3, with sigma %s", (sigma) => {
  const clean = stripes(60, 48, 0);
  const denoised = finish(bm3d.enhance(stripes(60, 48, 10), { sigma }, { levels: 255 }));
  expect(deviation(stripes(60, 48, 10), clean)).toBeGreaterThan(9);
  expect(deviation(denoised, clean)).toBeLessThan(3);
});

test("a picture without noise stays as it is", () => {
  const clean = stripes(40, 30, 0);
  expect(finish(bm3d.enhance(clean, {}, { levels: 255 })).samples).toEqual(clean.samples);
});

test("the noise of a plane is estimated to a twentieth, edges or not", () => {
  const noise = noiseOf(9);
  const plane = createPlane(200, 150);
  for (let i = 0; i < plane.values.length; i++) plane.values[i] = (i % 200 < 90 ? 60 : 140) + 8 * noise();
  expect(Math.abs(estimateNoise(plane) / 8 - 1)).toBeLessThan(0.05);
});

test("a patch finds itself first and its copy next, by hand", () => {
  const noise = noiseOf(2);
  const plane = createPlane(40, 30);
  for (let i = 0; i < plane.values.length; i++) plane.values[i] = 100 * noise();
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 8; x++) plane.values[(y + 6) * 40 + x + 20] = plane.values[(y + 12) * 40 + x + 12] + 1;
  }
  const found = new Int32Array(16);
  const settings = { size: 8, radius: 12, most: 16, farthest: 50 };
  const bordered = addBorder(plane, 12, 8);
  expect(matchPatches(bordered, settings, 24, 24, found)).toBe(2);
  expect([found[0], found[1]]).toEqual([24 * 64 + 24, 18 * 64 + 32]);
  expect(matchPatches(bordered, { ...settings, farthest: 0.5 }, 24, 24, found)).toBe(1);
});

test("a border is mirrored with the edge repeated, also around a plane smaller than it", () => {
  const plane = { width: 2, height: 1, values: Float32Array.of(1, 2) };
  const bordered = addBorder(plane, 3, 4);
  expect([bordered.width, bordered.height]).toEqual([10, 10]);
  expect(Array.from(bordered.values.subarray(0, 10))).toEqual([2, 2, 1, 1, 2, 2, 1, 1, 2, 2]);
  expect(removeBorder(bordered, 3, 2, 1)).toEqual(plane);
});

test("rows away from a strip's margins are those of the whole picture", () => {
  const noise = noiseOf(4);
  const whole = createPlane(24, 190);
  for (let i = 0; i < whole.values.length; i++) whole.values[i] = 100 + 30 * Math.sin(i / 240) + 10 * noise();
  const settings = { step: 3, radius: 4, threshold: 2.7, transform: "wavelet" } as const;
  const all = finish(denoisePlanes([whole], [10], 10, settings)).final[0].values;
  const [top, bottom] = [20, 170];
  const strip = { width: 24, height: bottom - top, values: whole.values.subarray(top * 24, bottom * 24) };
  const part = finish(denoisePlanes([strip], [10], 10, settings, { top, height: 190 })).final[0].values;
  const margin = 4 * (4 + 12);
  for (let i = margin * 24; i < (bottom - top - margin) * 24; i++) expect(part[i]).toBeCloseTo(all[top * 24 + i], 3);
  expect(part[0]).not.toBeCloseTo(all[top * 24], 3);
});
