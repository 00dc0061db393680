import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChannelCount, Picture } from "../image/picture.ts";
import { meanLuminance } from "./mean-luminance.ts";
import { srgbTransfer } from "./transfer.ts";

function pictureOf(channels: ChannelCount, samples: readonly number[]): Picture {
  return { width: samples.length / channels, height: 1, channels, samples: Float32Array.from(samples) };
}

test("colours count by Rec. 709, in linear light, and alpha not at all", () => {
  expect(meanLuminance(pictureOf(3, [1, 0, 0]))).toBeCloseTo(0.2126, 6);
  expect(meanLuminance(pictureOf(4, [0, 1, 0, 0.3]))).toBeCloseTo(0.7152, 6);
  expect(meanLuminance(pictureOf(2, [0.5, 0, 0, 1]))).toBeCloseTo(srgbTransfer.toLinear(0.5) / 2, 6);
  expect(meanLuminance(pictureOf(1, [0.5]), { toLinear: (v) => v, fromLinear: (v) => v })).toBeCloseTo(0.5, 6);
});

test("the table errs by less than a thousandth, down to the shadows of 16 bits", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-4, max: 1, noNaN: true }), (level) => {
      const mean = meanLuminance(pictureOf(1, [level]));
      expect(mean / srgbTransfer.toLinear(Math.fround(level))).toBeCloseTo(1, 3);
    }),
  );
});
