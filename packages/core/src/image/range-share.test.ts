import { expect, test } from "vitest";
import type { Picture } from "./picture.ts";
import { rangeShare } from "./range-share.ts";

/** An even frame of a faint tint, and one that differs from it by so many levels in a corner. */
function frameOf(levels: number): Picture {
  const [width, height] = [8, 6];
  const samples = Float32Array.from({ length: width * height * 3 }, (_, i) => [20, 18, 15][i % 3]! / 255);
  samples[0] += levels / 255;
  return { width, height, channels: 3, samples };
}

test("a frame whose channels span a few levels is not stretched, a picture is, by the widest channel", () => {
  expect([0, 4].map((levels) => rangeShare(frameOf(levels)))).toEqual([0, expect.closeTo(0, 5)]);
  expect(rangeShare(frameOf(8))).toBeCloseTo(0.5, 5);
  expect([13, 200].map((levels) => rangeShare(frameOf(levels)))).toEqual([1, 1]);
});

test("alpha is no range", () => {
  const { samples } = frameOf(0);
  const withAlpha = Float32Array.from({ length: 4 * 48 }, (_, i) =>
    i % 4 === 3 ? (i % 8) / 7 : samples[Math.floor(i / 4) * 3 + (i % 4)]!,
  );
  expect(rangeShare({ width: 8, height: 6, channels: 4, samples: withAlpha })).toBe(0);
});
