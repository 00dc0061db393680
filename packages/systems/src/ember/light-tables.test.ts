import { decodeSrgb, encodeSrgb } from "@kindling/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodedOf, lightRootOf } from "./light-tables.ts";

test("the root of light is exact for roots of the maps; an encoded value is nearer than a step of 16 bits", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 65535 }), fc.double({ min: 0, max: 1, noNaN: true }), (step, lightRoot) => {
      expect(lightRootOf(step / 65535)).toBeCloseTo(Math.sqrt(decodeSrgb((step / 65535) ** 2)), 7);
      expect(Math.abs(encodedOf(lightRoot) - encodeSrgb(lightRoot ** 2))).toBeLessThan(1.2e-5);
    }),
  );
  expect([0, 1].map(lightRootOf)).toEqual([0, 1]);
  expect([0, 1].map(encodedOf)).toEqual([0, 1]);
});
