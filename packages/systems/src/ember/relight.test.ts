import { type ChannelCount, createRandom, decodeSrgb, encodeSrgb, finish } from "@kindling/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type EmberLight, emberRelight } from "./relight.ts";

/** What the kernel's curves may miss: a step of 16 bits. */
const step = 1 / 65535;

const [width, height] = [9, 5];
const size = width * height;
const random = createRandom(3, "relight");
const values = (count: number, least: number, most: number) =>
  Float32Array.from({ length: count }, () => least + (most - least) * random());
const steps = (count: number, most: number) => Uint16Array.from({ length: count }, () => most * random());
const pictureOf = (channels: ChannelCount) => ({ width, height, channels, samples: values(channels * size, 0, 1) });
const plane = () => steps(size, 65535);
const maps = { width, height, restored: [plane(), plane(), plane()] as const, gain: plane() };
const rootAt = (c: number, pixel: number) => maps.restored[c][pixel] / 65535;
const gainAt = (pixel: number) => (4.5 * maps.gain[pixel]) / 65535;
const light: EmberLight = { share: 1, lift: 0, denoise: 1, denoiseColour: 1, keepHighlights: 0 };

/** The colours of a pixel by the formula of docs/EMBER.md. */
function colours(pixel: number, gain: number, rootOf = (c: number) => rootAt(c, pixel)): number[] {
  const k = Math.exp(gain);
  const roots = [0, 1, 2].map(rootOf);
  const greatest = Math.max(...roots);
  const lit = (k * greatest) / ((k - 1) * greatest + 1);
  const times = decodeSrgb(lit ** 2) / decodeSrgb(greatest ** 2);
  return roots.map((root) => encodeSrgb(times * decodeSrgb(root ** 2)));
}

test("every pixel is lit by the formula, to a step of 16 bits, at every share and lift", () => {
  const picture = pictureOf(3);
  const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  fc.assert(
    fc.property(number(0, 1), number(-2, 6), (share, lift) => {
      const lit = finish(emberRelight(picture, maps, { ...light, share, lift }));
      for (let pixel = 0; pixel < size; pixel++) {
        for (const [c, value] of colours(pixel, share * gainAt(pixel) + lift).entries()) {
          expect(Math.abs(lit.samples[3 * pixel + c] - value)).toBeLessThan(step);
        }
      }
    }),
  );
});

test("without denoising the photo's own colours are lit, and at gain 0 it comes back as it was, alpha too", () => {
  const picture = pictureOf(4);
  const raw = { ...light, denoise: 0, denoiseColour: 0 };
  const lit = finish(emberRelight(picture, maps, raw));
  const untouched = finish(emberRelight(picture, maps, { ...raw, share: 0 }));
  for (let pixel = 0; pixel < size; pixel++) {
    const root = (c: number) => Math.sqrt(picture.samples[4 * pixel + c]);
    for (const [c, value] of colours(pixel, gainAt(pixel), root).entries()) {
      expect(Math.abs(lit.samples[4 * pixel + c] - value)).toBeLessThan(step);
      expect(untouched.samples[4 * pixel + c]).toBeCloseTo(picture.samples[4 * pixel + c], 6);
    }
    expect(lit.samples[4 * pixel + 3]).toBe(picture.samples[4 * pixel + 3]);
  }
});

test("noise of luminance and of colour are removed apart", () => {
  const grey = { ...pictureOf(3), samples: new Float32Array(3 * size).fill(0.25) };
  const noLift = { ...light, share: 0 };
  const colour = finish(emberRelight(grey, maps, { ...noLift, denoise: 0 }));
  const luminance = finish(emberRelight(grey, maps, { ...noLift, denoiseColour: 0 }));
  const lumaOf = (roots: readonly number[]) => 0.299 * roots[0] + 0.587 * roots[1] + 0.114 * roots[2];
  for (let pixel = 0; pixel < size; pixel++) {
    const roots = [0, 1, 2].map((c) => rootAt(c, pixel));
    // Where clipping is at work, luma changes with colour.
    const shift = roots.map((root) => 0.5 + root - lumaOf(roots));
    for (const c of [0, 1, 2]) {
      expect(colour.samples[3 * pixel + c]).toBeCloseTo(Math.min(Math.max(shift[c], 0), 1) ** 2, 5);
      expect(luminance.samples[3 * pixel + c]).toBeCloseTo(lumaOf(roots) ** 2, 5);
    }
  }
});

test("highlights that are kept get no gain: white none at all, what is dark all of it", () => {
  const picture = pictureOf(3);
  const brightRoot = 62258 / 65535;
  const bright = new Uint16Array(size).fill(62258);
  const dark = new Uint16Array(size).fill(0.3 * 65535);
  const lit = (root: typeof bright, keepHighlights: number) =>
    finish(emberRelight(picture, { ...maps, restored: [root, root, root] }, { ...light, keepHighlights })).samples;
  expect(lit(dark, 1)).toEqual(lit(dark, 0));
  // At 0.95 the smooth step is 0.972: 2.8 % of the gain is left.
  const k = Math.exp(0.028 * gainAt(0));
  expect(lit(bright, 1)[0]).toBeCloseTo(((brightRoot * k) / ((k - 1) * brightRoot + 1)) ** 2, 5);
});

test("lit in place, a photo gets the same numbers in its own memory", () => {
  for (const channels of [1, 2, 3, 4] as const) {
    const half = { ...light, share: 0.5, denoise: 0.4, denoiseColour: 0.7 };
    const picture = pictureOf(channels);
    const apart = finish(emberRelight(picture, maps, half));
    const lit = finish(emberRelight(picture, maps, half, picture));
    expect(lit).toBe(picture);
    expect(lit.samples).toEqual(apart.samples);
  }
});

test("a grey photo gets the mean of the three colours, and keeps its alpha", () => {
  const picture = pictureOf(2);
  const lit = finish(emberRelight(picture, maps, light));
  for (let pixel = 0; pixel < size; pixel++) {
    const [red, green, blue] = colours(pixel, gainAt(pixel));
    expect(Math.abs(lit.samples[2 * pixel] - (red + green + blue) / 3)).toBeLessThan(step);
    expect(lit.samples[2 * pixel + 1]).toBe(picture.samples[2 * pixel + 1]);
  }
});
