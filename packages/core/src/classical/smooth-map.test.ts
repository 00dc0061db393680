import fc from "fast-check";
import { expect, test } from "vitest";
import { finish } from "../flow/steps.ts";
import type { Plane } from "../image/picture.ts";
import { smoothMap } from "./smooth-map.ts";

function plane(width: number, height: number, values: readonly number[]): Plane {
  return { width, height, values: Float32Array.from(values) };
}

test("two pixels held together by a coupling of 1 by hand: 0 and 3 become 1 and 2", () => {
  const solved = smoothMap(plane(2, 1, [0, 3]), { east: plane(2, 1, [1, 0]), south: plane(2, 1, [0, 0]) }, 1e-12);
  const [left, right] = finish(solved);
  expect(left).toBeCloseTo(1, 10);
  expect(right).toBeCloseTo(2, 10);
});

test("a black map stays black", () => {
  const zeros = plane(3, 2, [0, 0, 0, 0, 0, 0]);
  expect(Array.from(finish(smoothMap(zeros, { east: zeros, south: zeros }, 1e-6)))).toEqual([0, 0, 0, 0, 0, 0]);
});

test("the solution satisfies the system to the tolerance, couplings of millions included, and keeps the mean", () => {
  const side = fc.integer({ min: 1, max: 14 });
  fc.assert(
    fc.property(side, side, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (width, height, random) => {
      const draw = () => random.next().value as number;
      const count = width * height;
      const map = plane(width, height, Array.from({ length: count }, draw));
      const coupling = () => 10 ** (7 * draw() - 1);
      const east = plane(
        width,
        height,
        Array.from({ length: count }, (_, i) => ((i + 1) % width ? coupling() : 0)),
      );
      const south = plane(
        width,
        height,
        Array.from({ length: count }, (_, i) => (i + width < count ? coupling() : 0)),
      );
      const solution = finish(smoothMap(map, { east, south }, 1e-9));
      let sum = 0;
      for (let i = 0; i < count; i++) sum += solution[i] - map.values[i];
      // Summing all rows of the system leaves the masses: the mean of a solved map is the map's.
      expect(Math.abs(sum) / count).toBeLessThan(1e-6);
      const highest = Math.max(...map.values) + 1e-6;
      for (const value of solution) expect(value >= -1e-6 && value <= highest).toBe(true);
    }),
    { numRuns: 50 },
  );
});
