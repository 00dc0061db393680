import type { LpipsModel, NiqeModel, Picture } from "@kindling/core";

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

/** What a metric is computed from. */
export interface MetricInputs extends MeasuredWith {
  readonly result: Picture;
  /** The result with its mean luma scaled to the reference's, where there is a reference. */
  readonly scaled?: Picture | undefined;
}
