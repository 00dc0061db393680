import type { Failure, MeasuredImage } from "@kindling/lab";
import type { MetricModelFiles } from "./metric-models.ts";

/** A file of a result, and the same at the reference's own light where that was made. */
export interface ResultFile {
  readonly method: string;
  readonly file: string;
  readonly atReferenceLight?: string | undefined;
  readonly seconds?: number | undefined;
}

/** One photo with all results that are to be measured on it: what a worker thread is handed. */
export interface MeasureJob {
  readonly name: string;
  readonly original: string;
  readonly reference?: string | undefined;
  readonly results: readonly ResultFile[];
  readonly models: MetricModelFiles;
  /** Longer side of the pictures for a report (px); none are made without it. */
  readonly previewSide?: number | undefined;
  readonly maxMegapixels: number;
}

/** A picture for the report: what it is, and the picture itself as a data URI. */
export interface LabelledPicture {
  readonly label: string;
  readonly uri: string;
}

/** What became of a photo: its numbers by method, pictures where they were wanted, and what could not be measured. */
export interface MeasureOutcome {
  readonly name: string;
  readonly images: readonly { readonly method: string; readonly image: MeasuredImage }[];
  readonly pictures: readonly LabelledPicture[];
  readonly failures: readonly Failure[];
}
