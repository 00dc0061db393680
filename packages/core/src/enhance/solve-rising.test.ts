import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { solveRising } from "./solve-rising.ts";

test("finds where a rising function reaches a value, in few evaluations", () => {
  fc.assert(
    fc.property(fc.double({ min: -5, max: 5, noNaN: true }), (position) => {
      const valueAt = vi.fn((x: number) => x ** 3 + x);
      const found = solveRising(valueAt, valueAt(position), { least: -6, most: 6 });
      expect(found).toBeCloseTo(position, 4);
      expect(valueAt.mock.calls.length).toBeLessThan(25);
    }),
  );
});

test("what lies beyond the range is reached as nearly as possible, at its end", () => {
  const range = { least: 2, most: 3 };
  expect(solveRising((x) => x, 1, range)).toBe(2);
  expect(solveRising((x) => x, 4, range)).toBe(3);
  expect(solveRising(() => 1, 1, range)).toBe(2);
});
