import type { DarkShot, ShotRanges } from "@kindling/lab";
import type { BatchResult } from "../../batch/job.ts";
import type { PlannedPhoto } from "../../batch/planned-photo.ts";

/** What a pair shows: a photo made dark, a view of a panorama, or a plain scene drawn from random numbers. */
type PairSubject = "photo" | "panorama" | "blank-frame" | "lamp-scene";

/** A pair to make: `output` is the path of the dark photo, the companion that of the good one. */
export interface PlannedPair extends PlannedPhoto {
  readonly companions: readonly [normal: string];
  /** The name for drawing the circumstances: the path below `low`, without ending. */
  readonly drawnFor: string;
  readonly subject: PairSubject;
}

/** The settings of all pairs of a batch. */
export interface PairTreatment {
  readonly ranges: ShotRanges;
  readonly seed: number;
  readonly format: "png" | "webp";
  /** Photos whose longer side (px) is above it are reduced to it first; undefined = none. */
  readonly side?: number | undefined;
  readonly maxMegapixels: number;
  /** Longer side of views of panoramas, pixels. */
  readonly viewSide: number;
}

/** The result of making a pair. */
export interface DarkPair extends BatchResult {
  /** Path of the good photo. */
  readonly normal: string;
  readonly seconds: number;
  readonly exposureEv: number;
  /** What was darkened: the whole, a part, or nothing. */
  readonly kind: DarkShot["kind"];
  /** Shot noise: the variance of a sensor value for each unit of light. */
  readonly noise: number;
  readonly kelvin: number;
  readonly jpegQuality: number;
  /** Which scene was drawn; undefined for a photo made dark. */
  readonly scene?: string | undefined;
}
