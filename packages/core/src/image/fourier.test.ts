import fc from "fast-check";
import { expect, test } from "vitest";
import { finish } from "../flow/steps.ts";
import { fourierTransform } from "./fourier.ts";
import { hartley } from "./hartley.ts";

function summedTransform(real: Float64Array, imaginary: Float64Array): [number[], number[]] {
  const length = real.length;
  const sums: [number[], number[]] = [[], []];
  for (let k = 0; k < length; k++) {
    let re = 0;
    let im = 0;
    for (let j = 0; j < length; j++) {
      const angle = (-2 * Math.PI * ((j * k) % length)) / length;
      re += real[j] * Math.cos(angle) - imaginary[j] * Math.sin(angle);
      im += real[j] * Math.sin(angle) + imaginary[j] * Math.cos(angle);
    }
    sums[0].push(re);
    sums[1].push(im);
  }
  return sums;
}

function worst(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));
}

test("a step of four values by hand: 1 2 3 4 gives 10, -2 + 2i, -2, -2 - 2i", () => {
  const real = Float64Array.of(1, 2, 3, 4);
  const imaginary = new Float64Array(4);
  fourierTransform(4).transform(real, imaginary);
  expect(worst(real, [10, -2, -2, -2])).toBeLessThan(1e-14);
  expect(worst(imaginary, [0, 2, 0, -2])).toBeLessThan(1e-14);
});

test("every length gives the sum that defines the transform, prime or not", () => {
  for (const length of [...Array.from({ length: 40 }, (_, i) => i + 1), 53, 71, 96, 101, 128, 247, 360]) {
    const real = Float64Array.from({ length }, (_, i) => Math.sin(i * i + 1));
    const imaginary = Float64Array.from({ length }, (_, i) => Math.cos(3 * i * i));
    const [re, im] = summedTransform(real, imaginary);
    fourierTransform(length).transform(real, imaginary);
    expect(Math.max(worst(real, re), worst(imaginary, im))).toBeLessThan(1e-11);
  }
});

test("a Hartley transform done twice gives the map times its number of values", () => {
  const side = fc.integer({ min: 1, max: 24 });
  fc.assert(
    fc.property(side, side, (width, height) => {
      const map = Float64Array.from({ length: width * height }, (_, i) => Math.sin(7 * i + 1));
      const twice = map.slice();
      finish(hartley(twice, width, height));
      finish(hartley(twice, width, height));
      expect(
        worst(
          twice.map((value) => value / map.length),
          map,
        ),
      ).toBeLessThan(1e-12);
    }),
  );
});

test("a Hartley transform sums with cosine plus sine along each axis", () => {
  const map = Float64Array.of(1, 2, 3, 4, 5, 6);
  const expected: number[] = [];
  const cas = (angle: number) => Math.cos(angle) + Math.sin(angle);
  for (let v = 0; v < 2; v++) {
    for (let u = 0; u < 3; u++) {
      expected.push(
        map.reduce(
          (sum, value, i) => sum + value * cas((2 * Math.PI * u * (i % 3)) / 3) * cas(Math.PI * v * Math.floor(i / 3)),
          0,
        ),
      );
    }
  }
  finish(hartley(map, 3, 2));
  expect(worst(map, expected)).toBeLessThan(1e-13);
});
