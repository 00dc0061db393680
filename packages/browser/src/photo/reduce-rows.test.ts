import fc from "fast-check";
import { expect, test } from "vitest";
import { reduceRows } from "./reduce-rows.ts";
import type { UnpackedPhoto } from "./unpack.ts";

/** A grey photo of 8 bits whose pixels stand four apart, as canvases give them. */
function greyPhoto(width: number, height: number, levels: readonly number[]): UnpackedPhoto {
  const rows = (top: number, bottom: number) => {
    const samples = new Uint8ClampedArray((bottom - top) * width * 4);
    for (let i = 0; i < samples.length / 4; i++) samples[4 * i] = levels[(top * width + i) % levels.length];
    return samples;
  };
  return { width, height, channels: 1, white: 255, stride: 4, rows, close() {} };
}

test("halved, each pixel is the mean of four", () => {
  const photo = greyPhoto(4, 2, [0, 255, 51, 51, 255, 0, 51, 153]);
  const { samples } = reduceRows(photo, 2, 1);
  expect(samples[0]).toBeCloseTo(0.5, 6);
  expect(samples[1]).toBeCloseTo((51 + 51 + 51 + 153) / 4 / 255, 6);
});

test("a pixel between two counts to both by its shares", () => {
  const { samples } = reduceRows(greyPhoto(3, 1, [0, 255, 102]), 2, 1);
  expect(samples[0]).toBeCloseTo((0 + 255 * 0.5) / 1.5 / 255, 6);
  expect(samples[1]).toBeCloseTo((255 * 0.5 + 102) / 1.5 / 255, 6);
});

test("whatever the sizes, the mean stays, and one grey stays that grey", () => {
  const sizes = fc.tuple(fc.nat(30), fc.nat(150), fc.nat(1000), fc.nat(1000)).map(([w, h, a, b]) => {
    const [width, height] = [w + 1, h + 1];
    return { width, height, toWidth: 1 + (a % width), toHeight: 1 + (b % height) };
  });
  const levels = fc.array(fc.nat(255), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(sizes, levels, ({ width, height, toWidth, toHeight }, given) => {
      const { samples } = reduceRows(greyPhoto(width, height, given), toWidth, toHeight);
      let sum = 0;
      for (let i = 0; i < width * height; i++) sum += given[i % given.length] / 255;
      const mean = samples.reduce((total, sample) => total + sample, 0) / samples.length;
      expect(mean).toBeCloseTo(sum / (width * height), 4);
      const even = reduceRows(greyPhoto(width, height, [99]), toWidth, toHeight).samples;
      for (const sample of even) expect(sample).toBeCloseTo(99 / 255, 4);
    }),
  );
});
