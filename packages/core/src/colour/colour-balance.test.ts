import { expect, test } from "vitest";
import { finish } from "../flow/steps.ts";
import type { Picture } from "../image/picture.ts";
import { balanceColour } from "./colour-balance.ts";

function picture(channels: Picture["channels"], samples: readonly number[]): Picture {
  return { width: samples.length / channels, height: 1, channels, samples: Float32Array.from(samples) };
}

test("without clipping the smallest sample becomes 0 and the largest 1, all channels by the same points", () => {
  const rgba = picture(4, [-2, 0, 2, 0.5, 0, 1, 6, 0.25]);
  finish(balanceColour(rgba, 0, 0, false));
  expect(Array.from(rgba.samples)).toEqual([0, 0.25, 0.5, 0.5, 0.25, 0.375, 1, 0.25]);
});

test("apart, each channel fills the range by itself", () => {
  const rgb = picture(3, [0, 10, 4, 2, 20, 4]);
  finish(balanceColour(rgb, 0, 0, true));
  expect(Array.from(rgb.samples)).toEqual([0, 0, 0, 1, 1, 0]);
});

test("a clipped share of the samples at each end is pushed to black and white", () => {
  const grey = picture(
    1,
    Array.from({ length: 101 }, (_, i) => i),
  );
  finish(balanceColour(grey, 0.1, 0.2, false));
  expect(grey.samples[10]).toBeCloseTo(0, 4);
  expect(grey.samples[80]).toBeCloseTo(1, 4);
  expect(grey.samples[45]).toBeCloseTo(0.5, 3);
  expect(grey.samples.filter((value) => value === 1)).toHaveLength(21);
});
