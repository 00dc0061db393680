import { expect, test } from "vitest";
import { finish } from "../flow/steps.ts";
import { bicubicResize } from "./bicubic-resize.ts";

test("a line of four at double size by hand: Keys' weights at a quarter and three quarters, border repeated", () => {
  const plane = { width: 4, height: 1, values: Float32Array.of(0, 0, 1, 1) };
  const { values } = finish(bicubicResize(plane, 8, 1));
  // Between the second and third pixel, at 1/4: the weights of the two to the right are 0.2265625 - 0.0234375.
  expect(values[3]).toBeCloseTo(0.203125, 6);
  expect(values[4]).toBeCloseTo(1 - 0.203125, 6);
  expect(values[7]).toBeCloseTo(1, 6);
});

test("a slope stays a slope where it shrinks, away from the border", () => {
  const plane = { width: 40, height: 40, values: Float32Array.from({ length: 1600 }, (_, i) => i % 40) };
  const { values } = finish(bicubicResize(plane, 20, 10));
  for (let x = 4; x < 16; x++) expect(values[5 * 20 + x]).toBeCloseTo(2 * x + 0.5, 4);
});
