import fc from "fast-check";
import { expect, test } from "vitest";
import { createPicture, type Picture } from "../image/picture.ts";
import { labConverter } from "./lab.ts";
import { blueDifference, blueOf, greenOf, lumaOf, redDifference, redOf } from "./ycrcb.ts";

function pixel(r: number, g: number, b: number): Picture {
  return { width: 1, height: 1, channels: 3, samples: Float32Array.of(r, g, b) };
}

test("Lab of white, black and sRGB red in 8-bit scale, fixed point and float", () => {
  const lab = new Float64Array(3);
  labConverter(255).toLab(pixel(1, 1, 1), 0, 1, lab);
  expect(Array.from(lab)).toEqual([255, 128, 128]);
  labConverter(255).toLab(pixel(1, 0, 0), 0, 1, lab);
  // L* 53.24, a* 80.09, b* 67.20
  expect(Array.from(lab)).toEqual([136, 208, 195]);
  labConverter(65535).toLab(pixel(1, 0, 0), 0, 1, lab);
  for (const [i, expected] of [53.24 * 2.55, 80.09 + 128, 67.2 + 128].entries())
    expect(lab[i]).toBeCloseTo(expected, 1);
  labConverter(65535).toLab(pixel(0, 0, 0), 0, 1, lab);
  for (const [i, expected] of [0, 128, 128].entries()) expect(lab[i]).toBeCloseTo(expected, 3);
});

test("in float, Lab and back changes no 16-bit level by two", () => {
  const { toLab, fromLab } = labConverter(65535);
  const lab = new Float64Array(3);
  const level = fc.integer({ min: 0, max: 65535 });
  fc.assert(
    fc.property(level, level, level, (r, g, b) => {
      const back = createPicture(1, 1, 3);
      const from = pixel(r / 65535, g / 65535, b / 65535);
      toLab(from, 0, 1, lab);
      fromLab(lab, back, 0, 1);
      for (let c = 0; c < 3; c++) expect(Math.abs(back.samples[c] - from.samples[c]) * 65535).toBeLessThan(2);
    }),
    { numRuns: 500 },
  );
});

test("YCrCb and back is exact for grey and within two levels, or a 2048th of the range, for colours", () => {
  for (const levels of [255, 65535]) {
    const tolerance = 2 + levels / 2048;
    const level = fc.integer({ min: 0, max: levels });
    fc.assert(
      fc.property(level, level, level, (r, g, b) => {
        expect(lumaOf(r, r, r)).toBe(r);
        const luma = lumaOf(r, g, b);
        const cr = redDifference(r, luma, levels);
        const cb = blueDifference(b, luma, levels);
        const back = [redOf(luma, cr, levels), greenOf(luma, cr, cb, levels), blueOf(luma, cb, levels)];
        expect(Math.abs(back[1] - g)).toBeLessThanOrEqual(tolerance);
        // Differences of colours with strong red or blue are clipped by the conversion itself.
        if (cr < levels) expect(Math.abs(back[0] - r)).toBeLessThanOrEqual(tolerance);
        if (cb < levels) expect(Math.abs(back[2] - b)).toBeLessThanOrEqual(tolerance);
      }),
      { numRuns: 500 },
    );
  }
});
