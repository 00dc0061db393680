import { encodeSrgb } from "@kindling/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { tabulateToneCurve } from "./tone-curve.ts";

test("without contrast and toe the curve is sRGB's, and odd about black", () => {
  const encode = tabulateToneCurve({ contrast: 0, toe: 0 });
  for (let light = 1e-5; light <= 1; light += 0.00037) {
    expect(Math.abs(encode(light) - encodeSrgb(light))).toBeLessThan(1e-6);
    expect(encode(-light)).toBe(-encode(light));
  }
  expect(encode(7)).toBeCloseTo(1, 6);
});

test("all curves keep black and white and rise", () => {
  const contrast = fc.double({ min: 0, max: 0.99, noNaN: true });
  const toe = fc.double({ min: -1, max: 0.99, noNaN: true });
  fc.assert(
    fc.property(contrast, toe, (c, t) => {
      const encode = tabulateToneCurve({ contrast: c, toe: t });
      expect(encode(0)).toBe(0);
      expect(encode(1)).toBeCloseTo(1, 6);
      for (let i = 1; i <= 200; i++) expect(encode(i / 200)).toBeGreaterThanOrEqual(encode((i - 1) / 200) - 1e-6);
    }),
    { numRuns: 30 },
  );
});

test("a toe darkens the shadows and hardly the midtones; contrast darkens below the middle and brightens above", () => {
  const srgb = tabulateToneCurve({ contrast: 0, toe: 0 });
  const toe = tabulateToneCurve({ contrast: 0, toe: 0.5 });
  expect(toe(0.001) / srgb(0.001)).toBeLessThan(0.6);
  expect(toe(0.4) / srgb(0.4)).toBeGreaterThan(0.98);
  const contrast = tabulateToneCurve({ contrast: 0.5, toe: 0 });
  expect(contrast(0.05)).toBeLessThan(srgb(0.05) - 0.03);
  expect(contrast(0.6)).toBeGreaterThan(srgb(0.6) + 0.03);
});
