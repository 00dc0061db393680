import { type ChannelCount, createRandom, finish } from "@kindling/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { emberRelight } from "./relight.ts";

const [width, height] = [9, 5];
const size = width * height;
const random = createRandom(3, "relight");
const values = (count: number, least: number, most: number) =>
  Float32Array.from({ length: count }, () => least + (most - least) * random());
const plane = (least: number, most: number) => ({ width, height, values: values(size, least, most) });
const pictureOf = (channels: ChannelCount) => ({ width, height, channels, samples: values(channels * size, 0, 1) });
const maps = {
  reflectance: [plane(0, 1), plane(0, 1), plane(0, 1)] as const,
  illumination: plane(0.06, 1),
  response: plane(0, 6),
};

/** The colours of a pixel by the formula of docs/EMBER.md. */
function colours(pixel: number, ratio: number, roots = (c: number) => maps.reflectance[c].values[pixel]): number[] {
  const light = maps.illumination.values[pixel];
  const k = Math.max(ratio, 0.01) ** maps.response.values[pixel];
  const lit = (k * light) / (k * light + 1 - light);
  return [0, 1, 2].map((c) => (roots(c) * lit) ** 2);
}

test("every pixel is lit by the formula, to a hundred thousandth, at every level", () => {
  const picture = pictureOf(3);
  fc.assert(
    fc.property(fc.double({ min: 0, max: 64, noNaN: true }), (ratio) => {
      const lit = finish(emberRelight(picture, maps, { ratio, denoise: 1 }));
      for (let pixel = 0; pixel < size; pixel++) {
        for (const [c, value] of colours(pixel, ratio).entries()) {
          expect(Math.abs(lit.samples[3 * pixel + c] - value)).toBeLessThan(1e-5);
        }
      }
    }),
  );
});

test("without denoising the photo's own colours are lit, up to white", () => {
  const picture = pictureOf(4);
  const lit = finish(emberRelight(picture, maps, { ratio: 2, denoise: 0 }));
  const half = finish(emberRelight(picture, maps, { ratio: 2, denoise: 0.5 }));
  for (let pixel = 0; pixel < size; pixel++) {
    const root = (c: number) => Math.sqrt(picture.samples[4 * pixel + c]) / maps.illumination.values[pixel];
    const between = (c: number) => (root(c) + maps.reflectance[c].values[pixel]) / 2;
    for (const c of [0, 1, 2]) {
      expect(lit.samples[4 * pixel + c]).toBeCloseTo(Math.min(colours(pixel, 2, root)[c], 1), 5);
      expect(half.samples[4 * pixel + c]).toBeCloseTo(Math.min(colours(pixel, 2, between)[c], 1), 5);
    }
    expect(lit.samples[4 * pixel + 3]).toBe(picture.samples[4 * pixel + 3]);
  }
});

test("a grey photo keeps the mean of the three colours, and its alpha", () => {
  const picture = pictureOf(2);
  const lit = finish(emberRelight(picture, maps, { ratio: 2, denoise: 1 }));
  for (let pixel = 0; pixel < size; pixel++) {
    const [red, green, blue] = colours(pixel, 2);
    expect(lit.samples[2 * pixel]).toBeCloseTo((red + green + blue) / 3, 5);
    expect(lit.samples[2 * pixel + 1]).toBe(picture.samples[2 * pixel + 1]);
  }
});
