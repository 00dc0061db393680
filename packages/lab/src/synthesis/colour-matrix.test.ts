import fc from "fast-check";
import { expect, test } from "vitest";
import { applyMatrix, type CameraWeights, invertMatrix, mixColourMatrix, multiplyMatrices } from "./colour-matrix.ts";

const share = fc.double({ min: 0.01, max: 1, noNaN: true });

test("any mix of cameras keeps grey grey, mixes colours, and has an inverse", () => {
  fc.assert(
    fc.property(fc.tuple(share, share, share, share), (drawn) => {
      const sum = drawn.reduce((total, weight) => total + weight, 0);
      const matrix = mixColourMatrix(drawn.map((weight) => weight / sum) as unknown as CameraWeights);
      for (const value of applyMatrix(matrix, [0.3, 0.3, 0.3])) expect(value).toBeCloseTo(0.3, 10);
      // A sensor's colours are paler than sRGB's, so the way back amplifies differences, and noise with them.
      const [red, green, blue] = applyMatrix(matrix, [1, 0, 0]);
      expect(red).toBeGreaterThan(0.4);
      expect(red).toBeLessThan(0.9);
      expect(green).toBeGreaterThan(0);
      expect(Math.abs(blue)).toBeLessThan(0.2);
      const back = multiplyMatrices(invertMatrix(matrix), matrix).flat();
      for (const [i, value] of back.entries()) expect(value).toBeCloseTo(i % 4 === 0 ? 1 : 0, 10);
    }),
  );
});
