import { expect, test } from "vitest";
import { meanWeights, type Weights } from "./weights.ts";

const weightsOf = (values: Readonly<Record<string, readonly number[]>>): Weights =>
  new Map(
    Object.entries(values).map(([path, list]) => [path, { shape: [list.length], values: Float32Array.from(list) }]),
  );

test("the mean of weights is taken path by path, over what the first has", () => {
  const mean = meanWeights([weightsOf({ a: [1, 2], b: [8] }), weightsOf({ b: [4], a: [3, 6], moments: [9] })]);
  expect(mean).toEqual(weightsOf({ a: [2, 4], b: [6] }));
});

test("weights of other networks are refused, with the path", () => {
  const one = weightsOf({ a: [1, 2] });
  expect(() => meanWeights([one, weightsOf({ a: [1] })])).toThrow(/a: one has 2 values, another 1/);
  expect(() => meanWeights([one, weightsOf({ b: [1, 2] })])).toThrow(/a: one has 2 values, another none/);
});
