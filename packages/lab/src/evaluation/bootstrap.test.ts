import { createRandom } from "@kindling/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bootstrapMean } from "./bootstrap.ts";

test("no values have no mean, one value or equal values an interval without width", () => {
  expect(bootstrapMean([])).toBeUndefined();
  expect(bootstrapMean([3])).toEqual({ mean: 3, low: 3, high: 3, count: 1 });
  expect(bootstrapMean([2, 2, 2, 2])).toEqual({ mean: 2, low: 2, high: 2, count: 4 });
});

test("the interval holds the mean, stays within the values and is the same each time", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 60 }),
      (values) => {
        const found = bootstrapMean(values);
        if (!found) throw new Error("no interval");
        const slack = 1e-9;
        expect(found.low).toBeLessThanOrEqual(found.mean + slack);
        expect(found.high).toBeGreaterThanOrEqual(found.mean - slack);
        expect(found.low).toBeGreaterThanOrEqual(Math.min(...values) - slack);
        expect(found.high).toBeLessThanOrEqual(Math.max(...values) + slack);
        expect(bootstrapMean(values)).toEqual(found);
      },
    ),
    { numRuns: 20 },
  );
});

test("of 100 values with deviation 1 the interval reaches about 1.96 / 10 to each side", () => {
  const random = createRandom(3, "values");
  // Twelve even numbers added up and shifted are nearly normal.
  const values = Array.from({ length: 100 }, () => Array.from({ length: 12 }, random).reduce((a, b) => a + b) - 6);
  const deviation = Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / 100);
  const { low, high } = bootstrapMean(values) ?? { low: 0, high: 0 };
  expect((high - low) / 2).toBeGreaterThan(0.17 * deviation);
  expect((high - low) / 2).toBeLessThan(0.22 * deviation);
});

test("an endless value makes the mean and both bounds endless", () => {
  const endless = Number.POSITIVE_INFINITY;
  expect(bootstrapMean([endless, endless])).toEqual({ mean: endless, low: endless, high: endless, count: 2 });
});
