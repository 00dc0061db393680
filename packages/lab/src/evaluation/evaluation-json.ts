import type { Estimate } from "./bootstrap.ts";
import type { Evaluation } from "./evaluation.ts";

/**
 * Converts an evaluation to a plain object for `JSON.stringify`: means in `mean`, 95% intervals as `[low, high]`, differences
 * from the baseline with their intervals. The infinite PSNR of equal pictures becomes null.
 *
 * @example
 * const photos = { kind: "photos", source: "dark", count: 2, baseline: "lime", failures: [] } as const;
 * const images = [{ name: "a", loe: 210 }, { name: "b", loe: 250 }];
 * const json = JSON.stringify(evaluationJson(summarise({ ...photos, methods: [{ method: "lime", images }] })));
 */
export function evaluationJson({ kind, count, methods, metrics: _, ...facts }: Evaluation): object {
  return {
    [kind]: count,
    ...facts,
    methods: methods.map(({ estimates, differences, ...method }) => ({
      ...method,
      interval: mapValues(estimates, ({ low, high }) => [low, high]),
      difference: mapValues(differences, ({ mean, low, high }) => ({ mean, interval: [low, high] })),
    })),
  };
}

function mapValues(estimates: Readonly<Record<string, Estimate>>, shape: (estimate: Estimate) => unknown): object {
  return Object.fromEntries(Object.entries(estimates).map(([name, estimate]) => [name, shape(estimate)]));
}
