import { add, mul } from "../graph/builders.ts";
import type { Tensor } from "../graph/tensor.ts";

/** What a loss is made of: each term as a float32 scalar by its name, and the weighted sum that is brought down. */
export interface LossTerms {
  readonly [name: string]: Tensor;
  readonly total: Tensor;
}

/**
 * Terms with their weighted sum, `total`. A term without a weight is only reported.
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
