import {
  ciede2000,
  gtMean,
  type LpipsModel,
  loe,
  lpips,
  mae,
  mse,
  type NiqeModel,
  niqe,
  type Picture,
  psnr,
  ssim,
} from "@kindling/core";
import type { MetricName } from "./metric-table.ts";

/** Pictures and models for measuring a result; each adds its metrics. */
export interface MeasuredWith {
  /** The dark photo, for LOE. */
  readonly original?: Picture | undefined;
  /** The well exposed photo of the same scene, for metrics with a reference. */
  readonly reference?: Picture | undefined;
  /** The result at the reference's own light level. */
  readonly atReferenceLight?: Picture | undefined;
  /** For NIQE. */
  readonly niqeModel?: NiqeModel | undefined;
  /** For LPIPS; needs a reference. */
  readonly lpipsModel?: LpipsModel | undefined;
}

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
export async function measureResult(
  result: Picture,
  { original, reference, atReferenceLight, niqeModel, lpipsModel }: MeasuredWith,
): Promise<Measures> {
  return {
    ...(reference && measuresAgainst(result, reference)),
    ...(reference &&
      atReferenceLight && {
        referenceLightPsnr: psnr(atReferenceLight, reference),
        referenceLightSsim: ssim(atReferenceLight, reference),
      }),
    ...(reference && lpipsModel && { lpips: await lpips(result, reference, lpipsModel) }),
    ...(original && { loe: loe(original, result) }),
    ...(niqeModel && { niqe: niqe(result, niqeModel) }),
  };
}

function measuresAgainst(result: Picture, reference: Picture): Measures {
  const scaled = gtMean(result, reference);
  return {
    psnr: psnr(result, reference),
    ssim: ssim(result, reference),
    gtMeanPsnr: psnr(scaled, reference),
    gtMeanSsim: ssim(scaled, reference),
    ciede2000: ciede2000(result, reference),
    mae: mae(result, reference),
    mse: mse(result, reference),
  };
}
