import { expect, test } from "vitest";
import type { ModelTensor } from "../runtime/runtime.ts";
import { lpipsDistance, lpipsInput } from "./lpips.ts";

const map = (channels: number, ...values: number[]): ModelTensor => ({
  shape: [1, channels, 1, values.length / channels],
  values: Float32Array.from(values),
});

test("the network's input is RGB of -1..1, shifted and scaled, one colour after the other; grey counts three times", () => {
  const colour = lpipsInput({ width: 2, height: 1, channels: 3, samples: Float32Array.of(0, 0.5, 1, 1, 1, 1) });
  expect(colour.shape).toEqual([1, 3, 1, 2]);
  const wanted = [(-1 + 0.03) / 0.458, 1.03 / 0.458, 0.088 / 0.448, 1.088 / 0.448, 1.188 / 0.45, 1.188 / 0.45];
  expect([...colour.values].map((v) => v.toFixed(5))).toEqual(wanted.map((v) => v.toFixed(5)));
  const grey = lpipsInput({ width: 1, height: 1, channels: 1, samples: Float32Array.of(0.5) });
  expect(grey.values).toEqual(Float32Array.of(0.03 / 0.458, 0.088 / 0.448, 0.188 / 0.45));
});

test("features of one direction are no distance, of right angles the sum of both weights, averaged over the places", () => {
  // Two channels at two places: parallel at the first, at right angles at the second.
  const a = map(2, 1, 5, 2, 0);
  const b = map(2, 2, 0, 4, 7);
  expect(lpipsDistance([a], [b], [[3, 10]])).toBeCloseTo((3 + 10) / 2, 6);
  expect(
    lpipsDistance(
      [a, a],
      [b, b],
      [
        [3, 10],
        [3, 10],
      ],
    ),
  ).toBeCloseTo(13, 6);
  expect(lpipsDistance([a], [a], [[3, 10]])).toBe(0);
});

test("layers and weights that do not fit each other are refused", () => {
  expect(() => lpipsDistance([map(2, 1, 1)], [map(2, 1, 1)], [])).toThrow(/layers of features for weights of 0/);
  expect(() => lpipsDistance([map(2, 1, 1)], [map(2, 1, 1)], [[1]])).toThrow(/\[1, 2, 1, 1\].*1 weights/);
  expect(() => lpipsDistance([map(2, 1, 1)], [map(1, 1, 1)], [[1, 1]])).toThrow(/\[1, 1, 1, 2\]/);
});
