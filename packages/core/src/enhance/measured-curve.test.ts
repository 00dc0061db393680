import { expect, test } from "vitest";
import { readMean, readPosition } from "./measured-curve.ts";

const points = [
  { position: 0, mean: 0.01 },
  { position: 1, mean: 0.04 },
  { position: 3, mean: 0.16 },
];

test("between two points the logarithm of the mean is linear", () => {
  expect(readMean(points, 0.5)).toBeCloseTo(0.02, 5);
  expect(readPosition(points, 0.02)).toBeCloseTo(0.5, 3);
  expect(readPosition(points, 0.08)).toBeCloseTo(2, 3);
});

test("points are met exactly, and beyond the curve its ends count", () => {
  for (const { position, mean } of points) {
    expect(readMean(points, position)).toBeCloseTo(mean, 12);
    expect(readPosition(points, mean)).toBeCloseTo(position, 12);
  }
  expect([readPosition(points, 0.001), readPosition(points, 1)]).toEqual([0, 3]);
  expect([readMean(points, -1), readMean(points, 9)]).toEqual([0.01, 0.16]);
});

test("where noise makes the curve fall, the first position that reaches the mean is read", () => {
  const noisy = [...points.slice(0, 2), { position: 2, mean: 0.03 }, { position: 3, mean: 0.16 }];
  expect(readPosition(noisy, 0.04)).toBeCloseTo(1, 12);
  expect(readPosition(noisy, 0.05)).toBeGreaterThan(2);
});
