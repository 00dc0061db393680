import { gtMean, type Picture } from "@kindling/core";
import type { MeasuredWith } from "./measured-with.ts";
import { type MetricName, metrics } from "./metric-table.ts";

/** The models of NIQE and LPIPS; a metric without its model is not measured. */
export type MetricModels = Pick<MeasuredWith, "niqeModel" | "lpipsModel">;

/** Figures by metric; metrics that were not measured are missing. */
export type Measures = Readonly<Partial<Record<MetricName, number>>>;

/**
 * Measures all metrics of a result whose pictures and models are given.
 *
 * @throws {KindlingError} `unsupported` where sizes or channels differ, or the picture is too small for a metric;
 * `invalid-model` where a model does not fit.
 * @example
 * // runs
 * const measures = await measureResult(result, { reference, original: dark });
 * measures.psnr; // 25.26
 * measures.loe; // 581
 */
export async function measureResult(result: Picture, measuredWith: MeasuredWith): Promise<Measures> {
  const { reference } = measuredWith;
  const inputs = { ...measuredWith, result, scaled: reference && gtMean(result, reference) };
  const measures: Partial<Record<MetricName, number>> = {};
  for (const { name, measure } of metrics) {
    const value = await measure(inputs);
    if (value !== undefined) measures[name] = value;
  }
  return measures;
}
