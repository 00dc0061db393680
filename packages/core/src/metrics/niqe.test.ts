import { describe, expect, test } from "vitest";
import { createPicture, type Picture } from "../image/picture.ts";
import { createRandom } from "../image/random.ts";
import { asymmetricGaussianFit } from "./asymmetric-gaussian.ts";
import { gammaFunction } from "./gamma-function.ts";
import { gaussianOf, niqe } from "./niqe.ts";
import { niqeFeatureCount, niqeFeatures } from "./niqe-features.ts";

function createTexture(width: number, height: number, seed = 1): Picture {
  const random = createRandom(seed, "niqe");
  const picture = createPicture(width, height, 3);
  picture.samples.forEach((_, i) => {
    picture.samples[i] = 0.4 + 0.2 * Math.sin(i / 301) + 0.2 * random();
  });
  return picture;
}

function modelOf(picture: Picture) {
  const { values, blocks } = niqeFeatures(picture);
  const rows = Array.from({ length: blocks }, (_, i) => values.slice(i * niqeFeatureCount, (i + 1) * niqeFeatureCount));
  const { mean, covariance } = gaussianOf(rows);
  // Noise of one kind has features that hardly vary: a little more variance makes the covariance invertible.
  return { mean, covariance: covariance.map((value, i) => value + (i % (niqeFeatureCount + 1) === 0 ? 1e-4 : 0)) };
}

test("the gamma function has its known values", () => {
  expect(gammaFunction(5)).toBeCloseTo(24, 12);
  expect(gammaFunction(0.5)).toBeCloseTo(Math.sqrt(Math.PI), 14);
  expect(gammaFunction(0.1)).toBeCloseTo(9.513507698668732, 12);
});

describe("the fit of an asymmetric Gaussian", () => {
  test("finds the shape 2 and the two deviations of half normals", () => {
    const random = createRandom(5, "normal");
    const samples = Float64Array.from({ length: 40_000 }, () => {
      const size = Math.abs(Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
      // The density is continuous at zero, so the wider half holds more of the samples.
      return random() < 0.25 ? -size : 3 * size;
    });
    const { shape, left, right } = asymmetricGaussianFit()(samples);
    expect(shape).toBeGreaterThan(1.9);
    expect(shape).toBeLessThan(2.1);
    // A normal of deviation 1 has the scale sqrt(2).
    expect(left).toBeCloseTo(Math.SQRT2, 1);
    expect(right / left).toBeCloseTo(3, 1);
  });

  test("gives the shape 0.2 and NaN where all samples are on one side", () => {
    const { shape, left, mean } = asymmetricGaussianFit()(Float64Array.of(1, 2, 3));
    expect([shape, left, mean]).toEqual([0.2, Number.NaN, Number.NaN]);
  });
});

describe("NIQE", () => {
  test("a picture with the statistics of the model itself scores 0", () => {
    const picture = createTexture(96 * 8, 96 * 6);
    expect(niqe(picture, modelOf(picture))).toBeCloseTo(0, 6);
  });

  test("away from the model's mean it is the distance in the model's deviations", () => {
    const picture = createTexture(96 * 8, 96 * 6);
    const { mean } = modelOf(picture);
    // So wide a model that the picture's own spread does not count: pooled with it, the deviation is 1,000.
    const covariance = Float64Array.from({ length: 36 * 36 }, (_, i) => (i % 37 === 0 ? 2e6 : 0));
    expect(niqe(picture, { mean: mean.map((value) => value + 3), covariance })).toBeCloseTo((6 * 3) / 1000, 6);
  });

  test("what lies beyond the last whole block does not count", () => {
    const wide = createTexture(250, 200);
    const kept = wide.samples.filter((_, i) => {
      const pixel = Math.floor(i / 3);
      return pixel % 250 < 192 && pixel < 250 * 192;
    });
    expect(niqeFeatures(wide)).toEqual(niqeFeatures({ width: 192, height: 192, channels: 3, samples: kept }));
  });

  test("blocks far from each other do not depend on each other, so strips join without a seam", () => {
    const tall = createTexture(192, 96 * 4);
    const lower = { ...tall, height: 96 * 3, samples: tall.samples.slice(192 * 96 * 3) };
    const whole = niqeFeatures(tall).values;
    const part = niqeFeatures(lower).values;
    expect(whole.every(Number.isFinite)).toBe(true);
    // The lowest block rows: three of them above are more than any window reaches.
    for (const column of [0, 1]) {
      const from = (column * 4 + 3) * niqeFeatureCount;
      const partFrom = (column * 3 + 2) * niqeFeatureCount;
      expect(whole.slice(from, from + niqeFeatureCount)).toEqual(part.slice(partFrom, partFrom + niqeFeatureCount));
    }
  });

  test("a picture mirrored about its diagonal has the same shapes and scales: strips lose nothing at their borders", () => {
    const tall = createTexture(192, 288);
    const samples = tall.samples.map((_, i) => {
      const [x, y] = [Math.floor(i / 3) % 288, Math.floor(i / 3 / 288)];
      return tall.samples[(x * 192 + y) * 3 + (i % 3)];
    });
    const [a, b] = [niqeFeatures(tall), niqeFeatures({ width: 288, height: 192, channels: 3, samples })];
    for (const column of [0, 1]) {
      for (const row of [0, 1, 2]) {
        const [from, mirroredFrom] = [(column * 3 + row) * 36, (row * 2 + column) * 36];
        for (const feature of [1, 19]) {
          expect(b.values[mirroredFrom + feature]).toBeCloseTo(a.values[from + feature], 4);
        }
      }
    }
  });

  test("a picture too small or without texture is refused with what it needs", () => {
    expect(() => niqeFeatures(createTexture(190, 100))).toThrow(/two blocks of 96 x 96 pixels.*190 x 100/);
    const model = modelOf(createTexture(96 * 8, 96 * 6));
    expect(() => niqe(createPicture(192, 192, 3), model)).toThrow(/texture/);
  });

  test("a model whose covariance has no inverse is refused", () => {
    const model = { mean: new Float64Array(36), covariance: new Float64Array(36 * 36).fill(-1) };
    expect(() => niqe(createTexture(192, 192), model)).toThrow(/positive definite/);
  });
});
