import { expect, test } from "vitest";
import { createRandom } from "../../image/random.ts";
import { cosineTransform } from "./cosine-transform.ts";
import { hadamardAcross } from "./hadamard-across.ts";
import { waveletTransform } from "./wavelet-transform.ts";

function randomPatch(size: number): Float64Array {
  const random = createRandom(3, "patch");
  return Float64Array.from({ length: size * size }, () => random() - 0.3);
}

test.each([
  ["cosines of 8", cosineTransform(8)],
  ["cosines of 12", cosineTransform(12)],
  ["bior1.5", waveletTransform],
] as const)("%s: the inverse undoes the transform, and an even patch has but one coefficient", (_name, transform) => {
  const { size } = transform;
  const patch = randomPatch(size);
  const padded = Float64Array.of(7, ...patch);
  transform.forward(padded, 1);
  expect(padded[0]).toBe(7);
  transform.inverse(padded, 1);
  for (let i = 0; i < patch.length; i++) expect(padded[1 + i]).toBeCloseTo(patch[i], 10);
  const even = new Float64Array(size * size).fill(0.5);
  transform.forward(even, 0);
  // Orthonormal along a line: 0.5 times the root of its length, twice.
  expect(even[0]).toBeCloseTo(0.5 * size, 10);
  expect(Math.max(...even.subarray(1).map(Math.abs))).toBeLessThan(1e-10);
});

test.each([8, 12])("cosines of %s are orthonormal: the sum of squares stays", (size) => {
  const patch = randomPatch(size);
  const squares = (values: Float64Array) => values.reduce((sum, value) => sum + value ** 2, 0);
  const before = squares(patch);
  cosineTransform(size).forward(patch, 0);
  expect(squares(patch)).toBeCloseTo(before, 10);
});

test("the cosine transform of a line by hand: a wave of two pixels is the coefficient of half its period", () => {
  const patch = Float64Array.from({ length: 64 }, (_, i) => Math.cos(((2 * (i % 8) + 1) * 3 * Math.PI) / 16));
  cosineTransform(8).forward(patch, 0);
  expect(patch[3]).toBeCloseTo(8 / Math.SQRT2, 10);
  expect(patch.filter((value) => Math.abs(value) > 1e-10)).toHaveLength(1);
});

test("bior1.5 of one bright column by hand", () => {
  const patch = new Float64Array(64);
  for (let y = 0; y < 8; y++) patch[8 * y + 3] = 1;
  waveletTransform.forward(patch, 0);
  // First level, with the root of 2 that the even columns add: high 0 1 0 0, low -c 1 c 0 with c = 22 / 128.
  expect(Array.from(patch.subarray(4, 8), (value) => Math.round(1e6 * value) / 1e6)).toEqual([0, 1, 0, 0]);
  // Second level, the high frequencies of the low ones.
  expect(patch[2]).toBeCloseTo(1 + 22 / 128, 10);
  expect(patch[3]).toBeCloseTo(-22 / 128, 10);
});

test("Hadamard across two pairs of patches by hand", () => {
  const values = Float64Array.of(1, 10, 2, 20, 3, 30, 4, 40, 99);
  hadamardAcross(values, 4, 2);
  expect(Array.from(values)).toEqual([10, 100, -2, -20, -4, -40, 0, 0, 99]);
});
