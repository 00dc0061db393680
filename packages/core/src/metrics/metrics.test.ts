import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createPicture, type Picture } from "../image/picture.ts";
import { createRandom } from "../image/random.ts";
import { ciede2000, colourDifference } from "./ciede2000.ts";
import { gtMean } from "./gt-mean.ts";
import { loe } from "./loe.ts";
import { mae } from "./mae.ts";
import { mse } from "./mse.ts";
import { psnr } from "./psnr.ts";
import { ssim } from "./ssim.ts";

function createTexture(width: number, height: number, channels: 1 | 3 | 4, seed: number): Picture {
  const random = createRandom(seed, "metrics");
  const picture = createPicture(width, height, channels);
  picture.samples.forEach((_, i) => {
    picture.samples[i] = Math.round(255 * (0.3 + 0.2 * Math.sin(i / 17) + 0.3 * random())) / 255;
  });
  return picture;
}

/** Noise of the same pattern, so that more of it is farther away; clipped as files are. */
function noisy(picture: Picture, strength: number): Picture {
  const random = createRandom(7, "noise");
  const samples = picture.samples.map((sample) =>
    Math.min(1, Math.max(0, sample + strength * (random() < 0.5 ? -1 : 1))),
  );
  return { ...picture, samples };
}

const arbitraryPicture = fc
  .record({
    width: fc.integer({ min: 11, max: 40 }),
    height: fc.integer({ min: 11, max: 40 }),
    channels: fc.constantFrom(1 as const, 3 as const, 4 as const),
    seed: fc.nat(),
  })
  .map(({ width, height, channels, seed }) => createTexture(width, height, channels, seed));

const distances = { mse, mae, ciede2000 };
const likenesses = { psnr, ssim };

describe("invariants", () => {
  test("a picture against itself is no error, full likeness and endless PSNR", () => {
    fc.assert(
      fc.property(arbitraryPicture, (picture) => {
        for (const distance of [...Object.values(distances), loe]) expect(distance(picture, picture)).toBe(0);
        expect(ssim(picture, picture)).toBeCloseTo(1, 12);
        expect(psnr(picture, picture)).toBe(Number.POSITIVE_INFINITY);
      }),
      { numRuns: 30 },
    );
  });

  test.each(Object.entries({ ...distances, ...likenesses, loe }))("%s is symmetric", (_, metric) => {
    fc.assert(
      fc.property(arbitraryPicture, fc.double({ min: 0.01, max: 0.5, noNaN: true }), (picture, strength) => {
        const other = noisy(picture, strength);
        expect(metric(picture, other)).toBeCloseTo(metric(other, picture), 9);
      }),
      { numRuns: 30 },
    );
  });

  test("more noise is never better", () => {
    fc.assert(
      fc.property(arbitraryPicture, (picture) => {
        const steps = [0.02, 0.05, 0.1, 0.2].map((strength) => noisy(picture, strength));
        for (const distance of Object.values(distances)) {
          const values = steps.map((step) => distance(step, picture));
          expect(values).toEqual(values.toSorted((a, b) => a - b));
        }
        for (const likeness of Object.values(likenesses)) {
          const values = steps.map((step) => likeness(step, picture));
          expect(values).toEqual(values.toSorted((a, b) => b - a));
        }
      }),
      { numRuns: 30 },
    );
  });

  test("alpha is not measured", () => {
    const opaque = createTexture(20, 20, 4, 1);
    const samples = opaque.samples.map((sample, i) => (i % 4 === 3 ? 0 : sample));
    for (const distance of [...Object.values(distances), loe]) expect(distance(opaque, { ...opaque, samples })).toBe(0);
  });

  test.each(Object.entries({ ...distances, ...likenesses, loe, gtMean }))(
    "%s refuses pictures of different size or colours, and says both",
    (_, metric) => {
      expect(() => metric(createTexture(20, 20, 3, 1), createTexture(20, 21, 3, 1))).toThrow(
        /20 x 20.*20 x 21|20 x 21.*20 x 20/,
      );
      expect(() => metric(createTexture(20, 20, 3, 1), createTexture(20, 20, 1, 1))).toThrow(
        /grey.*in colour|in colour.*grey/,
      );
    },
  );
});

describe("values worked by hand", () => {
  const grey = (...levels: number[]): Picture => ({
    width: levels.length,
    height: 1,
    channels: 1,
    samples: Float32Array.from(levels, (level) => level / 255),
  });

  test("differences of 0 and 10 levels are an MSE of 50, an MAE of 5 and a PSNR of 31.14 dB", () => {
    const [a, b] = [grey(100, 100), grey(100, 110)];
    expect(mse(a, b)).toBe(50);
    expect(mae(a, b)).toBe(5);
    expect(psnr(a, b)).toBeCloseTo(31.1411, 4);
  });

  test("flat pictures of 0.5 and 0.25 have the SSIM of their brightness alone", () => {
    const flat = (value: number): Picture => ({
      ...createPicture(11, 11, 1),
      samples: new Float32Array(121).fill(value),
    });
    expect(ssim(flat(0.5), flat(0.25))).toBeCloseTo((2 * 0.5 * 0.25 + 0.0001) / (0.25 + 0.0625 + 0.0001), 9);
  });

  test("SSIM is the sum over all whole windows, written as in the paper", () => {
    const [x, y] = [createTexture(13, 12, 1, 4), createTexture(13, 12, 1, 5)];
    const weightAt = (i: number, j: number) => Math.exp(-(i * i + j * j) / (2 * 1.5 ** 2));
    const around = [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5];
    const total = around.flatMap((i) => around.map((j) => weightAt(i, j))).reduce((a, b) => a + b);
    const values: number[] = [];
    for (let row = 5; row < 7; row++) {
      for (let column = 5; column < 8; column++) {
        const mean = (of: (at: number) => number) => {
          let sum = 0;
          for (const i of around) for (const j of around) sum += weightAt(i, j) * of((row + i) * 13 + column + j);
          return sum / total;
        };
        const [mx, my] = [mean((at) => x.samples[at]), mean((at) => y.samples[at])];
        const vx = mean((at) => (x.samples[at] - mx) ** 2);
        const vy = mean((at) => (y.samples[at] - my) ** 2);
        const cov = mean((at) => (x.samples[at] - mx) * (y.samples[at] - my));
        values.push(
          ((2 * mx * my + 0.01 ** 2) * (2 * cov + 0.03 ** 2)) /
            ((mx ** 2 + my ** 2 + 0.01 ** 2) * (vx + vy + 0.03 ** 2)),
        );
      }
    }
    expect(ssim(x, y)).toBeCloseTo(values.reduce((a, b) => a + b) / values.length, 10);
  });

  test("SSIM says how large a picture it needs", () => {
    expect(() => ssim(createTexture(10, 40, 1, 1), createTexture(10, 40, 1, 1))).toThrow(
      /11 pixels on each side.*10 x 40/,
    );
  });

  test("a result half as bright as its reference is the reference once its mean is scaled", () => {
    const reference = createTexture(16, 16, 3, 3);
    const half = { ...reference, samples: reference.samples.map((sample) => sample / 2) };
    expect(psnr(gtMean(half, reference), reference)).toBeGreaterThan(140);
    expect(psnr(half, reference)).toBeLessThan(20);
  });

  test("a black result stays black when its mean is scaled", () => {
    const black = createPicture(16, 16, 3);
    expect(gtMean(black, createTexture(16, 16, 3, 3)).samples).toEqual(black.samples);
  });

  test("two halves that swap their lightness change the order of half of all pairs", () => {
    const halves = (left: number, right: number): Picture => {
      const picture = createPicture(100, 100, 1);
      picture.samples.forEach((_, i) => {
        picture.samples[i] = i % 100 < 50 ? left : right;
      });
      return picture;
    };
    // Every pixel changes its order with the 5,000 of the other half, once in each direction.
    expect(loe(halves(0.2, 0.6), halves(0.6, 0.2))).toBe(5000);
    expect(loe(halves(0.2, 0.6), halves(0.1, 0.2))).toBe(0);
  });

  // Sharma, Wu, Dalal 2005, table 1: hues about the circle's seam, greys, and a large difference.
  test.each([
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, 0, 0], [50, -1, 2], 2.3669],
    [[50, 2.49, -0.001], [50, -2.49, 0.0011], 7.2195],
    [[50, 2.5, 0], [50, 0, -2.5], 4.3065],
    [[50, 2.5, 0], [61, -5, 29], 22.8977],
    [[22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373],
    [[90.8027, -2.0831, 1.441], [91.1528, -1.6435, 0.0447], 1.4441],
    // Not of the table: hues of 190 and 3 degrees, whose middle, by the short way round, is blue. Worked out with a
    // second implementation that finds the middle by adding half of the turn.
    [[60, -39, -7], [50, 25, 1.5], 57.1578],
  ] as const)("the colours %j and %j differ by %d", (a, b, wanted) => {
    expect(colourDifference(a, b)).toBeCloseTo(wanted, 4);
  });
});
