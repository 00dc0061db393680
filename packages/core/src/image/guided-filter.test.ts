import { expect, test } from "vitest";
import { finish } from "../flow/steps.ts";
import { guidedFilter } from "./guided-filter.ts";

function row(values: readonly number[]) {
  return { width: values.length, height: 1, values: Float32Array.from(values) };
}

test("over a flat guide it is a mean of means, over one that is far from flat the plane's line", () => {
  const flat = finish(guidedFilter(row([0, 0, 9, 0, 0, 0]), row([1, 1, 1, 1, 1, 1]), 1, 0.01));
  // Means of 3 are 0 3 3 3 0 0, their means 1 2 3 2 1 0; the border is repeated.
  [1, 2, 3, 2, 1, 0].forEach((value, i) => {
    expect(flat.values[i]).toBeCloseTo(value, 4);
  });
  const guide = row([0, 5, 1, 7, 2, 9]);
  const line = finish(guidedFilter(row([1, 11, 3, 15, 5, 19]), guide, 1, 1e-6));
  [1, 11, 3, 15, 5, 19].forEach((value, i) => {
    expect(line.values[i]).toBeCloseTo(value, 3);
  });
});
