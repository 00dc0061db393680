import { createGraph, type DecomposedPair, input, type LossTerms, type Tensor } from "@kindling/nets";
import { describe, it } from "vitest";
import { expectNumericGradients, seeded } from "./gradient-check.ts";

/** A use of a loss whose gradients are checked. */
export interface LossCase {
  readonly shapes: readonly (readonly number[])[];
  /** @returns a scalar. */
  readonly build: (...inputs: Tensor[]) => Tensor;
}

/** Two pictures of 12 x 13 pixels; SSIM needs 11. */
export const picture = [2, 3, 12, 13];

/** Two maps of the same size. */
export const map = [2, 1, 12, 13];

/** Makes a case of inputs of these shapes, 0.05 to 0.95. */
export function lossCase(shapes: LossCase["shapes"], build: LossCase["build"]): LossCase {
  return { shapes, build };
}

/** Makes a case of a loss on two exposures and the layers found in them. */
export function decompositionCase(terms: (pair: DecomposedPair) => LossTerms, sides = [12, 13]): LossCase {
  return lossCase(
    [3, 3, 3, 1, 3, 1].map((channels) => [2, channels, ...sides]),
    (low, high, r1, l1, r2, l2) =>
      terms({
        low,
        high,
        lowLayers: { reflectance: r1, illumination: l1 },
        highLayers: { reflectance: r2, illumination: l2 },
      }).total,
  );
}

/** Describes a test of every case: its gradients, by inputs and parameters, are what differences of the reference say. */
export function describeLossGradients(cases: Readonly<Record<string, LossCase>>): void {
  describe.each(Object.entries(cases))("%s", (_, { shapes, build }) => {
    it("has the gradients that differences of the reference say", () => {
      const inputs = shapes.map((shape, i) => input(`input${i}`, shape));
      const leaves = inputs.map((tensor, i) => [tensor, seeded(`input${i}`, shapes[i], [0.05, 0.95])] as const);
      const value = build(...inputs);
      const weights = createGraph("loss", inputs, { value }).parameters.map(({ path, tensor, shape }) => {
        return [tensor, seeded(path, shape, [-0.3, 0.3])] as const;
      });
      const parameters = weights.map(([tensor]) => tensor);
      expectNumericGradients(value, [...inputs, ...parameters], new Map([...leaves, ...weights]));
    });
  });
}
