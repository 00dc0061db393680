import fc from "fast-check";
import { expect, test } from "vitest";
import { finish } from "../flow/steps.ts";
import { mirrorIndex } from "./axis-filter.ts";
import { gaussianBlur, planGaussianBlur } from "./gaussian-blur.ts";
import type { Plane } from "./picture.ts";

/** A plane whose rows are all alike: blurred along its rows only. */
function rowsOf(width: number, height: number, valueAt: (x: number) => number): Plane {
  return { width, height, values: Float32Array.from({ length: width * height }, (_, i) => valueAt(i % width)) };
}

/** The sum over a Gaussian cut at `reach` sigmas, borders mirrored. */
function sumGaussian(plane: Plane, x: number, sigma: number, reach: number): number {
  let sum = 0;
  let total = 0;
  for (let d = -Math.ceil(reach * sigma); d <= reach * sigma; d++) {
    const weight = Math.exp((-0.5 * d * d) / sigma ** 2);
    sum += weight * plane.values[mirrorIndex(x + d, plane.width)];
    total += weight;
  }
  return sum / total;
}

test("a point of light becomes OpenCV's kernel: for sigma 0.5 five taps", () => {
  const plane = { width: 7, height: 1, values: Float32Array.of(0, 0, 0, 1, 0, 0, 0) };
  const [w0, w1, w2] = [1, Math.exp(-2), Math.exp(-8)];
  const sum = w0 + 2 * w1 + 2 * w2;
  const expected = [0, w2, w1, w0, w1, w2, 0].map((weight) => Math.fround(weight / sum));
  expect(Array.from(finish(gaussianBlur(plane, 0.5)).values)).toEqual(expected);
});

test("borders are mirrored about the border pixels, again and again where the picture is small", () => {
  expect([-4, -3, -2, -1, 0, 1, 2, 3, 4, 5].map((position) => mirrorIndex(position, 3))).toEqual([
    0, 1, 2, 1, 0, 1, 2, 1, 0, 1,
  ]);
  expect(mirrorIndex(-5, 1)).toBe(0);
});

test("a large picture is blurred over a coarse grid within 3e-6 of the full Gaussian", () => {
  for (const sigma of [6.5, 15, 80, 250]) {
    const plane = rowsOf(2000, 700, (x) => (x % 97 < 40 ? 1 : 0) * (x < 1100 ? 1 : 0.25));
    expect(planGaussianBlur(2000, 700, sigma).passes).toHaveLength(6);
    const blurred = finish(gaussianBlur(plane, sigma));
    for (const x of [0, 1, 2, 39, 40, 500, 1099, 1100, 1990, 1998, 1999]) {
      const found = blurred.values[350 * 2000 + x];
      expect(Math.abs(found - sumGaussian(plane, x, sigma, 8))).toBeLessThan(3e-6);
      // The kernel of the exact way ends at 4 sigma, and 6e-5 of its weight lies beyond.
      expect(Math.abs(found - sumGaussian(plane, x, sigma, 4))).toBeLessThan(6e-5);
    }
  }
});

test("the work of a blur does not grow with its sigma", () => {
  const work = (sigma: number) => planGaussianBlur(6000, 4000, sigma).multiplyAdds / (6000 * 4000);
  expect(work(80)).toBeLessThan(18);
  expect(work(250)).toBeLessThan(work(80));
  expect(work(1000)).toBeLessThan(work(80));
  for (const sigma of [0.5, 3, 6, 15]) expect(work(sigma)).toBeLessThan(100);
});

test("flat planes of any size stay as they are, also where the grid has but one or two points", () => {
  const side = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(side, side, fc.double({ min: 0.3, max: 300, noNaN: true }), (width, height, sigma) => {
      const blurred = finish(
        gaussianBlur(
          rowsOf(width, height, () => 0.5),
          sigma,
        ),
      );
      for (const value of blurred.values) expect(value).toBeCloseTo(0.5, 6);
    }),
  );
  for (const [width, height] of [
    [200_000, 1],
    [3, 90_000],
  ] as const) {
    const plan = planGaussianBlur(width, height, 250);
    expect(plan.passes).toHaveLength(6);
    const blurred = finish(
      gaussianBlur(
        rowsOf(width, height, () => 0.5),
        250,
      ),
    );
    expect(Math.max(...[0, 1, width * height - 1].map((i) => Math.abs(blurred.values[i] - 0.5)))).toBeLessThan(1e-6);
  }
});

test("a plane can be blurred into itself", () => {
  const plane = rowsOf(64, 48, (x) => (x * 37) % 11);
  const expected = finish(gaussianBlur(plane, 4)).values;
  expect(finish(gaussianBlur(plane, 4, plane)).values).toEqual(expected);
});
