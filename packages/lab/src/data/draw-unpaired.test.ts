import fc from "fast-check";
import { expect, test } from "vitest";
import { flips } from "./dihedral.ts";
import { drawUnpaired } from "./draw-unpaired.ts";
import { trainingImage } from "./training-image.ts";

const options = { seed: 1, batchSize: 3, cropPx: 4, augmentations: flips };

/** Flat pictures of different sizes; the brightness of each encodes its number. */
const images = Array.from({ length: 8 }, (_, i) => {
  const [width, height] = [4 + i, 9 - i + 3];
  return trainingImage(
    { width, height, channels: 1, samples: new Float32Array(width * height).fill((i * 20) / 255) },
    8,
  );
});
const known = images.map(({ facts }, image) => ({ image, facts }));
const [dark, normal] = [known.slice(0, 5), known.slice(5)];

test("draws depend on seed and step alone, take dark from dark and normal from normal, and stay inside", () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(10_000), (seed, step) => {
      const draws = drawUnpaired(dark, normal, { ...options, seed }, step);
      expect(drawUnpaired(dark, normal, { ...options, seed }, step)).toEqual(draws);
      for (const draw of draws) {
        expect(draw.dark.image).toBeLessThan(5);
        expect(draw.bright.image).toBeGreaterThanOrEqual(5);
        for (const { image, left, top } of [draw.dark, draw.bright]) {
          expect(left + 4).toBeLessThanOrEqual(images[image]?.width ?? 0);
          expect(top + 4).toBeLessThanOrEqual(images[image]?.height ?? 0);
        }
      }
    }),
  );
});

test("half of the dark patches are darkened further, by 2 to 4", () => {
  const divisors = Array.from({ length: 1000 }, (_, step) => drawUnpaired(dark, normal, options, step))
    .flat()
    .map(({ darkening }) => darkening);
  const further = divisors.filter((divisor) => divisor !== 1);
  expect(Math.abs(further.length / divisors.length - 0.5)).toBeLessThan(0.05);
  expect(Math.min(...further)).toBeGreaterThanOrEqual(2);
  expect(Math.max(...further)).toBeLessThan(4);
  expect(further.reduce((sum, divisor) => sum + divisor, 0) / further.length).toBeCloseTo(3, 1);
});

test("every dark picture comes once an epoch, in an order of its own", () => {
  const draws = Array.from({ length: 5 }, (_, step) => drawUnpaired(dark, normal, options, step)).flat();
  const order = draws.map((draw) => draw.dark.image);
  for (const epoch of [order.slice(0, 5), order.slice(5, 10), order.slice(10)]) {
    expect(epoch.toSorted()).toEqual([0, 1, 2, 3, 4]);
  }
});
