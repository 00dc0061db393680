import { expect, test } from "vitest";
import { finish } from "../flow/steps.ts";
import { areaReduce } from "./area-reduce.ts";
import { guidedUpsample } from "./guided-upsample.ts";
import type { Plane } from "./picture.ts";

function planeOf(width: number, height: number, at: (x: number, y: number) => number): Plane {
  return {
    width,
    height,
    values: Float32Array.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width))),
  };
}

test("an area reduction counts shares of pixels: 3 to 2 means weights of two thirds and one third", () => {
  const reduced = finish(areaReduce({ width: 3, height: 1, values: Float32Array.of(3, 6, 9) }, 2, 1));
  expect(Array.from(reduced.values)).toEqual([4, 8]);
});

test("an area reduction keeps the mean", () => {
  const plane = planeOf(37, 23, (x, y) => Math.sin(x * y));
  const mean = ({ values }: Plane) => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean(finish(areaReduce(plane, 11, 7)))).toBeCloseTo(mean(plane), 6);
});

test("a map that is a straight-line function of the guide comes up exactly, edges included", () => {
  const guide = planeOf(120, 80, (x, y) => (x < 57 ? 0.2 : 0.9) + 0.05 * Math.sin(y / 3));
  const small = finish(areaReduce(guide, 30, 20));
  const map = { ...small, values: small.values.map((value) => 0.5 * value + 0.1) };
  const expected = guide.values.map((value) => 0.5 * value + 0.1);
  finish(guidedUpsample(guide, small, map, 3, 1e-9));
  expect(Math.max(...guide.values.map((value, i) => Math.abs(value - expected[i])))).toBeLessThan(1e-3);
});

test("where the guide is flat the map is enlarged smoothly", () => {
  const guide = planeOf(64, 8, () => 0.3);
  const small = finish(areaReduce(guide, 16, 2));
  const ramp = planeOf(16, 2, (x) => x / 15);
  finish(guidedUpsample(guide, small, ramp, 1, 1e-4));
  const row = Array.from(guide.values.subarray(0, 64));
  expect(row.every((value, x) => x === 0 || value >= row[x - 1] - 1e-6)).toBe(true);
  expect(row[32]).toBeCloseTo(0.5, 1);
});
