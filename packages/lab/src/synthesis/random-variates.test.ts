import { createRandom } from "@kindling/core";
import { expect, test } from "vitest";
import { gaussian, poisson, tukeyLambda } from "./random-variates.ts";

const draws = 40_000;

function moments(draw: () => number): { mean: number; variance: number } {
  const values = Array.from({ length: draws }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / draws;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (draws - 1);
  return { mean, variance };
}

test("gaussian numbers have mean 0 and variance 1", () => {
  const random = createRandom(1, "gaussian");
  const { mean, variance } = moments(() => gaussian(random));
  // Five standard errors: of a mean 1 / sqrt(n), of a variance sqrt(2 / n).
  expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(draws));
  expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(2 / draws));
});

test.each([0.02, 0.7, 5, 40, 64, 65, 900])("photon counts of mean %d have that mean and that variance", (expected) => {
  const random = createRandom(2, "poisson");
  const { mean, variance } = moments(() => poisson(expected, random));
  expect(Math.abs(mean - expected)).toBeLessThan(5 * Math.sqrt(expected / draws));
  // The fourth central moment of a Poisson number is 3 mean^2 + mean.
  const standardError = Math.sqrt((2 * expected ** 2 + expected) / draws);
  expect(Math.abs(variance - expected)).toBeLessThan(5 * standardError + 1 / 12);
});

test("without light no photon arrives", () => {
  const random = createRandom(3, "poisson");
  expect(Array.from({ length: 100 }, () => poisson(0, random))).toEqual(new Array(100).fill(0));
});

test("small numbers of photons come as often as in the Poisson distribution", () => {
  const random = createRandom(4, "poisson");
  const counts = [0, 0, 0];
  for (let i = 0; i < draws; i++) {
    const count = poisson(1, random);
    if (count < 3) counts[count]++;
  }
  // e^-1 / k! for k = 0, 1, 2.
  for (const [k, share] of [0.36788, 0.36788, 0.18394].entries()) {
    expect(counts[k] / draws).toBeCloseTo(share, 1.8);
  }
});

test.each([0.1, -0.03, 0, 0.14])("Tukey's lambda %d has mean 0 and variance 1", (lambda) => {
  const random = createRandom(5, "tukey");
  const drawRead = tukeyLambda(lambda);
  const { mean, variance } = moments(() => drawRead(random));
  expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(draws));
  // Kurtosis is below 4.6 for these shapes: the variance's standard error is below sqrt(3.6 / n).
  expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(3.6 / draws));
});

test("tails of Tukey's distribution grow as lambda falls", () => {
  const shareBeyond3 = (lambda: number) => {
    const random = createRandom(6, "tails");
    const draw = tukeyLambda(lambda);
    return Array.from({ length: draws }, () => draw(random)).filter((v) => Math.abs(v) > 3).length / draws;
  };
  // The quantile function solved for 3 deviations; Gaussian numbers exceed them 0.27 % of the time.
  expect(shareBeyond3(0.14)).toBeCloseTo(0.0026, 2.7);
  expect(shareBeyond3(-0.03)).toBeGreaterThan(0.008);
});
