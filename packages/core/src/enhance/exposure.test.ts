import fc from "fast-check";
import { expect, test } from "vitest";
import { srgbTransfer } from "../colour/transfer.ts";
import { finish } from "../flow/steps.ts";
import type { ChannelCount, Picture } from "../image/picture.ts";
import { exposeToIllumination, meanIllumination } from "./exposure.ts";

const linearTransfer = { toLinear: (v: number) => v, fromLinear: (v: number) => v };

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
  const picture: Picture = { width: 2, height: 1, channels: 1, samples: Float32Array.of(0.1, 0.3) };
  const { samples } = finish(exposeToIllumination(picture, 0.4, linearTransfer));
  expect(samples[0]).toBeCloseTo(0.2, 3);
  expect(samples[1]).toBeCloseTo(0.6, 3);
});

test("one stop of light on an sRGB grey of 118 gives 161", () => {
  const picture: Picture = { width: 1, height: 1, channels: 3, samples: new Float32Array(3).fill(118 / 255) };
  const lit = finish(exposeToIllumination(picture, 161 / 255, srgbTransfer));
  expect(srgbTransfer.toLinear(lit.samples[0] ?? 0) / srgbTransfer.toLinear(118 / 255)).toBeCloseTo(2, 1);
});

test("what cannot be reached ends at the nearest: black stays black, and white is the end", () => {
  const black: Picture = { width: 1, height: 1, channels: 1, samples: Float32Array.of(0) };
  expect(finish(exposeToIllumination(black, 0.5, srgbTransfer)).samples[0]).toBeCloseTo(0, 5);
  const grey: Picture = { width: 1, height: 1, channels: 1, samples: Float32Array.of(0.5) };
  expect(finish(exposeToIllumination(grey, 1.5, srgbTransfer)).samples[0]).toBe(1);
});

test("the mean illumination rises with the target, alpha is kept and the picture given is not changed", () => {
  fc.assert(
    fc.property(
      pictures,
      fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
      (picture, [a, b]) => {
        const before = picture.samples.slice();
        const [dim, light] = [Math.min(a, b), Math.max(a, b)].map((target) =>
          finish(exposeToIllumination(picture, target, srgbTransfer)),
        );
        if (!dim || !light) throw new Error("two pictures were asked for");
        expect(meanIllumination(dim)).toBeLessThanOrEqual(meanIllumination(light) + 1e-6);
        expect(picture.samples).toEqual(before);
        const hasAlpha = picture.channels % 2 === 0;
        light.samples.forEach((sample, i) => {
          if (hasAlpha && i % picture.channels === picture.channels - 1) expect(sample).toBe(before[i]);
          expect(sample).toBeGreaterThanOrEqual(0);
          expect(sample).toBeLessThanOrEqual(1);
        });
      },
    ),
  );
});
