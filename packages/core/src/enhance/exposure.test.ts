import fc from "fast-check";
import { expect, test } from "vitest";
import { meanLuminance } from "../colour/mean-luminance.ts";
import { srgbTransfer } from "../colour/transfer.ts";
import { finish } from "../flow/steps.ts";
import type { ChannelCount, Picture } from "../image/picture.ts";
import { exposeToLuminance } from "./exposure.ts";

const linearTransfer = { toLinear: (v: number) => v, fromLinear: (v: number) => v };
const grey = (...samples: number[]): Picture => ({
  width: samples.length,
  height: 1,
  channels: 1,
  samples: Float32Array.from(samples),
});

const pictures = fc
  .record({ channels: fc.constantFrom<ChannelCount>(1, 2, 3, 4), side: fc.integer({ min: 1, max: 5 }) })
  .chain(({ channels, side }) =>
    fc
      .array(fc.float({ min: 0, max: 1, noNaN: true }), {
        minLength: side * 3 * channels,
        maxLength: side * 3 * channels,
      })
      .map((values): Picture => ({ width: side, height: 3, channels, samples: Float32Array.from(values) })),
  );

test("in linear light the gain is the ratio of the means", () => {
  const { samples } = finish(exposeToLuminance(grey(0.1, 0.3), 0.4, linearTransfer));
  expect(samples[0]).toBeCloseTo(0.2, 3);
  expect(samples[1]).toBeCloseTo(0.6, 3);
});

test("one stop of light on an sRGB grey of 118 gives 162", () => {
  const picture: Picture = { width: 1, height: 1, channels: 3, samples: new Float32Array(3).fill(118 / 255) };
  const lit = finish(exposeToLuminance(picture, 2 * srgbTransfer.toLinear(118 / 255), srgbTransfer));
  expect(255 * lit.samples[0]).toBeCloseTo(162.2, 1);
});

test("the rest makes up for highlights that are white, by one stop at most", () => {
  // Half as light again: white cannot, so the grey takes all of it, 0.5 more.
  const some = finish(exposeToLuminance(grey(1, 0.25, 0.25, 0.25, 0.25), 0.6, linearTransfer));
  expect(some.samples[0]).toBe(1);
  expect(some.samples[1]).toBeCloseTo(0.5, 3);
  // Twice as light would take eleven times for the grey: it gets four.
  const most = finish(exposeToLuminance(grey(1, 0.05), 1.05, linearTransfer));
  expect(most.samples[1]).toBeCloseTo(0.2, 3);
});

test("black stays black, and the photo's own light gives its own numbers", () => {
  expect(finish(exposeToLuminance(grey(0, 0), 0.5, srgbTransfer)).samples).toEqual(Float32Array.of(0, 0));
  const picture = grey(0.123, 0.456);
  const same = finish(exposeToLuminance(picture, meanLuminance(picture), srgbTransfer));
  expect(same.samples).toEqual(picture.samples);
  expect(same.samples).not.toBe(picture.samples);
});

test("the mean luminance rises with the target, alpha is kept and the picture given is not changed", () => {
  const target = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(pictures, fc.tuple(target, target), (picture, [a, b]) => {
      const before = picture.samples.slice();
      const [dim, light] = [Math.min(a, b), Math.max(a, b)].map((level) =>
        finish(exposeToLuminance(picture, level, srgbTransfer)),
      );
      if (!dim || !light) throw new Error("two pictures were asked for");
      expect(meanLuminance(dim)).toBeLessThanOrEqual(meanLuminance(light) + 1e-6);
      expect(picture.samples).toEqual(before);
      const hasAlpha = picture.channels % 2 === 0;
      light.samples.forEach((sample, i) => {
        if (hasAlpha && i % picture.channels === picture.channels - 1) expect(sample).toBe(before[i]);
        expect(sample).toBeGreaterThanOrEqual(0);
        expect(sample).toBeLessThanOrEqual(1);
      });
    }),
  );
});
