import { expect, test } from "vitest";
import { findLeast } from "./find-least.ts";

test("the least value of a parabola, of a corner and at an end", () => {
  expect(findLeast((x) => (x - 2) ** 2, 1, 7, 1e-6)).toBeCloseTo(2, 5);
  expect(findLeast((x) => Math.abs(x - Math.PI), 1, 7, 1e-6)).toBeCloseTo(Math.PI, 5);
  expect(findLeast((x) => x, 1, 7, 1e-4)).toBeCloseTo(1, 3);
  expect(findLeast((x) => -x, 1, 7, 1e-4)).toBeCloseTo(7, 3);
});

test("a smooth function takes few evaluations", () => {
  let evaluations = 0;
  const valueAt = (x: number) => {
    evaluations++;
    return Math.cos(x);
  };
  expect(findLeast(valueAt, 1, 5, 1e-8)).toBeCloseTo(Math.PI, 6);
  expect(evaluations).toBeLessThan(15);
});
