import { createRandom } from "@kindling/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chooseRidge, fitRidge, rootMeanSquare } from "./ridge-regression.ts";

describe("ridge regression", () => {
  test("of two samples by hand: halfway to zero where the penalty is as large as the variance", () => {
    // The standardised feature is -1 and 1, the targets 4 and 8: least squares gives 2, a penalty of 1 half of it.
    const { model } = fitRidge([[10], [30]], [4, 8], 1);
    expect(model).toEqual({ mean: [20], scale: [10], weights: [expect.closeTo(1, 12)], intercept: 6 });
  });

  test("finds the line that samples lie on where the penalty is next to nothing", () => {
    const random = createRandom(1, "line");
    const features = Array.from({ length: 30 }, () => [random(), 5 + 100 * random(), 7]);
    const targets = features.map(([a, b]) => 3 * a - 0.02 * b + 1);
    const { model } = fitRidge(features, targets, 1e-9);
    const slopes = model.weights.map((weight, k) => weight / model.scale[k]);
    expect(slopes).toEqual([expect.closeTo(3, 5), expect.closeTo(-0.02, 7), 0]);
    const atZero = model.intercept - model.mean.reduce((sum, mean, k) => sum + mean * slopes[k], 0);
    expect(atZero).toBeCloseTo(1, 5);
  });

  test("predicts a sample that is left out as a fit without it does", () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0.01, max: 2, noNaN: true }), (seed, penalty) => {
        const random = createRandom(seed, "samples");
        const features = Array.from({ length: 9 }, () => [random(), random() ** 2, random()]);
        const targets = features.map(([a, b]) => a - b + random());
        const { model, leftOut } = fitRidge(features, targets, penalty);
        const without = 4;
        // By gradient descent on the penalised squares of the others, the features standardised as they were.
        const rows = features.map((row) => row.map((value, k) => (value - model.mean[k]) / model.scale[k]));
        let [weights, intercept] = [[0, 0, 0], 0];
        for (let round = 0; round < 4000; round++) {
          const slope = weights.map((weight) => penalty * 9 * weight);
          let offset = 0;
          for (const [n, row] of rows.entries()) {
            if (n === without) continue;
            const error = intercept + row.reduce((sum, value, k) => sum + value * weights[k], 0) - targets[n];
            for (const [k, value] of row.entries()) slope[k] += error * value;
            offset += error;
          }
          weights = weights.map((weight, k) => weight - 0.02 * slope[k]);
          intercept -= 0.02 * offset;
        }
        const predicted = intercept + rows[without].reduce((sum, value, k) => sum + value * weights[k], 0);
        expect(leftOut[without]).toBeCloseTo(predicted, 4);
      }),
      { numRuns: 20 },
    );
  });

  test("chooses a larger penalty where features are uninformative", () => {
    const random = createRandom(3, "noise");
    const features = Array.from({ length: 25 }, () => Array.from({ length: 8 }, () => random()));
    const idle = chooseRidge(
      features,
      features.map(() => random()),
      [0.001, 1, 100],
    );
    expect(idle.penalty).toBeGreaterThanOrEqual(1);
    const informative = chooseRidge(
      features,
      features.map(([a]) => 5 * a),
      [0.001, 1, 100],
    );
    expect(informative.penalty).toBe(0.001);
    expect(rootMeanSquare(informative.leftOut.map((predicted, n) => predicted - 5 * features[n][0]))).toBeLessThan(0.1);
  });

  test("of a single sample is refused", () => {
    expect(() => fitRidge([[1]], [1], 1)).toThrow(/two samples or more to fit; got 1/);
  });
});
