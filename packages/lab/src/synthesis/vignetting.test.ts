import { expect, test } from "vitest";
import { vignette } from "./vignetting.ts";

test("a lens without vignetting passes all light", () => {
  expect(vignette(7, 5, 0)).toEqual(new Float32Array(35).fill(1));
});

test("the corner gets the fourth power of the cosine of its angle", () => {
  // The last pixel's centre is half a pixel from the corner: 99.5 percent of the way in a 101-pixel row.
  const shares = vignette(101, 1, 45);
  const tangent = 50 / Math.hypot(50.5, 0.5);
  expect(shares[50]).toBe(1);
  expect(shares[100]).toBeCloseTo(Math.cos(Math.atan(tangent)) ** 4, 6);
});

test("light falls off alike on all sides", () => {
  const shares = vignette(8, 6, 30);
  for (let y = 0; y < 6; y++) {
    for (let x = 0; x < 8; x++) expect(shares[y * 8 + x]).toBe(shares[(5 - y) * 8 + 7 - x]);
  }
});
