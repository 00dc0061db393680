import { add, mul } from "../graph/builders.ts";
import type { Tensor } from "../graph/tensor.ts";

/** The terms of a loss, float32 scalars by name, and their weighted sum `total`, which training minimises. */
export interface LossTerms {
  readonly [name: string]: Tensor;
  readonly total: Tensor;
}

/**
 * Adds up the terms of a loss, each times its weight, as `total`. A term without a weight is only reported.
 *
 * @example
 * // runs
 * const terms = { pixels: meanSquaredError(image, target), structure: sub(1, ssim(image, target)) };
 * const loss = weighTerms(terms, { pixels: 1, structure: 0.2 });
 * loss.total; // []
 */
export function weighTerms<Name extends string>(
  terms: Readonly<Record<Name, Tensor>>,
  weights: Readonly<Partial<Record<Name, number>>>,
): Readonly<Record<Name, Tensor>> & LossTerms {
  const parts = (Object.entries(weights) as [Name, number][]).map(([name, weight]) =>
    weight === 1 ? terms[name] : mul(terms[name], weight),
  );
  return { ...terms, total: parts.reduce((sum, part) => add(sum, part)) };
}
