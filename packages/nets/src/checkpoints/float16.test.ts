import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { narrowFloat16, widenBfloat16, widenFloat16 } from "./float16.ts";

const narrow = (value: number) => narrowFloat16(Float32Array.of(value))[0];

describe("float16", () => {
  it("narrows the values that the standard's examples give by hand", () => {
    expect(narrow(1)).toBe(0x3c00);
    expect(narrow(-2)).toBe(0xc000);
    expect(narrow(65504)).toBe(0x7bff);
    expect(narrow(2 ** -14)).toBe(0x0400);
    expect(narrow(2 ** -24)).toBe(0x0001);
    expect(narrow(-0)).toBe(0x8000);
    expect(narrow(1 / 3)).toBe(0x3555);
  });

  it("rounds ties to the even neighbour, in the normal and the subnormal range", () => {
    expect(narrow(1 + 2 ** -11)).toBe(0x3c00);
    expect(narrow(1 + 3 * 2 ** -11)).toBe(0x3c02);
    expect(narrow(2 ** -25)).toBe(0x0000);
    expect(narrow(3 * 2 ** -25)).toBe(0x0002);
    expect(narrow(2 - 2 ** -12)).toBe(0x4000);
    expect(narrow(2 ** -14 - 2 ** -25)).toBe(0x0400);
  });

  it("becomes infinite from halfway beyond the largest half, and keeps NaN", () => {
    expect(narrow(65519.99)).toBe(0x7bff);
    expect(narrow(65520)).toBe(0x7c00);
    expect(narrow(Number.NEGATIVE_INFINITY)).toBe(0xfc00);
    expect(widenFloat16(Uint16Array.of(narrow(Number.NaN)))[0]).toBeNaN();
  });

  it("gives every half back after widening", () => {
    const halves = Uint16Array.from({ length: 0x10000 }, (_, i) => i).filter((half) => (half & 0x7fff) <= 0x7c00);
    expect(narrowFloat16(widenFloat16(halves))).toEqual(halves);
  });

  it("is never farther from the value than either neighbouring half", () => {
    fc.assert(
      fc.property(fc.float({ min: -65504, max: 65504, noNaN: true }), (value) => {
        const half = narrow(value);
        const error = Math.abs(widenFloat16(Uint16Array.of(half))[0] - value);
        for (const neighbour of [half - 1, half + 1]) {
          if ((neighbour & 0x7fff) > 0x7bff || ((neighbour ^ half) & 0x8000) !== 0) continue;
          expect(error).toBeLessThanOrEqual(Math.abs(widenFloat16(Uint16Array.of(neighbour))[0] - value));
        }
      }),
    );
  });
});

describe("bfloat16", () => {
  it("is the upper half of a float32", () => {
    expect([...widenBfloat16(Uint16Array.of(0x3f80, 0xc000, 0x7f80, 0x3e00))]).toEqual([
      1,
      -2,
      Number.POSITIVE_INFINITY,
      0.125,
    ]);
  });
});
