import { describe, expect, it } from "vitest";
import { emberOverviewPx } from "./facts.ts";
import { leastGain } from "./least-gain.ts";

const size = emberOverviewPx ** 2;

/** An overview with so many of 255 in a share of its pixels, and others in the rest; green is the greatest channel. */
function overview(dark: number, share: number, bright: number) {
  const greens = Float32Array.from({ length: size }, (_, i) => (i < share * size ? dark : bright) / 255);
  const values = new Float32Array(3 * size);
  values.set(greens, size);
  values.set(greens.map((green) => green / 2));
  return { shape: [1, 3, emberOverviewPx, emberOverviewPx], values };
}
/** What a gain makes of an encoded value, of 255. */
function lit(value: number, gain: number): number {
  const [m, k] = [Math.sqrt(value / 255), Math.exp(gain)];
  return 255 * ((k * m) / ((k - 1) * m + 1)) ** 2;
}

describe("the least gain", () => {
  it.each([20, 40, 60])("lifts a photo of which nine tenths are at most %i to a quarter of the range", (dark) => {
    expect(lit(dark, leastGain(overview(dark, 0.95, 250)))).toBeCloseTo(255 / 4, 3);
  });

  it("is none for a photo of which more than a tenth is brighter than that", () => {
    expect(leastGain(overview(3, 0.85, 70))).toBe(0);
    expect(leastGain(overview(64, 1, 64))).toBe(0);
  });

  it("is limited for frames that are nearly black", () => {
    expect(leastGain(overview(1, 1, 1))).toBe(1.5);
    expect(leastGain(overview(0, 1, 0))).toBe(1.5);
  });
});
