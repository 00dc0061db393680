import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeSrgb, encodeSrgb } from "./srgb.ts";

test("black and white stay, and middle grey 118 of 255 holds 18 percent of the light", () => {
  expect([decodeSrgb(0), decodeSrgb(1)]).toEqual([0, 1]);
  expect(decodeSrgb(118 / 255)).toBeCloseTo(0.1812, 4);
  expect(encodeSrgb(0.18)).toBeCloseTo(0.4614, 4);
});

test("the linear part near black has the slope 12.92", () => {
  expect(encodeSrgb(0.001)).toBeCloseTo(0.01292, 12);
  expect(decodeSrgb(0.01292)).toBeCloseTo(0.001, 12);
});

test("encoding undoes decoding", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (value) => {
      expect(encodeSrgb(decodeSrgb(value))).toBeCloseTo(value, 6);
    }),
  );
});
