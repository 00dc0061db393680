import type { ShotRanges } from "@kindling/lab";
import type { PlannedPhoto } from "../batch/batch-plan.ts";
import type { BatchResult } from "../batch/job.ts";

/** One pair to make: `output` is its dark photo, the good one beside it goes to the companion. */
export interface PlannedPair extends PlannedPhoto {
  readonly companions: readonly [normal: string];
  /** What its circumstances are drawn for: its path below `low`, without ending. */
  readonly drawnFor: string;
}

/** How every pair of a batch is made. */
export interface PairTreatment {
  readonly ranges: ShotRanges;
  readonly seed: number;
  readonly format: "png" | "webp";
  readonly maxMegapixels: number;
}

/** A pair made. */
export interface DarkPair extends BatchResult {
  readonly normal: string;
  readonly seconds: number;
  readonly exposureEv: number;
  readonly iso: number;
  readonly kelvin: number;
  readonly jpegQuality: number;
}
