import fc from "fast-check";
import { expect, test } from "vitest";
import { finish } from "../flow/steps.ts";
import type { Plane } from "./picture.ts";
import { resizePlane } from "./resize-plane.ts";

const row = (...values: number[]): Plane => ({ width: values.length, height: 1, values: Float32Array.from(values) });

test("enlarging goes straight from pixel centre to pixel centre, worked by hand", () => {
  expect([...finish(resizePlane(row(0, 1), 4, 1)).values]).toEqual([0, 0.25, 0.75, 1]);
});

test("reducing takes the mean of what a new pixel covers, each axis by itself", () => {
  expect([...finish(resizePlane(row(0, 1, 0.5, 0.5), 2, 1)).values]).toEqual([0.5, 0.5]);
  const both = finish(resizePlane(row(0, 1, 0.5, 0.5), 2, 3));
  expect([both.width, both.height]).toEqual([2, 3]);
  expect([...both.values]).toEqual(new Array(6).fill(0.5));
});

test("one value stays that value at any size, and the same size changes nothing", () => {
  const sides = fc.integer({ min: 1, max: 20 });
  fc.assert(
    fc.property(sides, sides, sides, sides, (width, height, toWidth, toHeight) => {
      const flat: Plane = { width, height, values: new Float32Array(width * height).fill(0.3) };
      for (const value of finish(resizePlane(flat, toWidth, toHeight)).values) expect(value).toBeCloseTo(0.3, 5);
      const ramp: Plane = { width, height, values: Float32Array.from({ length: width * height }, (_, i) => i) };
      expect(finish(resizePlane(ramp, width, height)).values).toEqual(ramp.values);
    }),
  );
});
