import type { Light, MethodSettings, PhotoFormat, SampleDepth } from "@kindling/node";
import type { BatchResult } from "./job.ts";

/** What is done to every photo of a batch. */
export interface Treatment {
  readonly method: string;
  readonly settings: MethodSettings;
  readonly light: Light;
  readonly format: PhotoFormat | "keep";
  readonly depth: SampleDepth | "keep";
  readonly quality?: number | undefined;
  readonly stripGps: boolean;
  readonly maxMegapixels: number;
}

/** A photo enhanced. */
export interface Enhancement extends BatchResult {
  readonly bytes: number;
  readonly seconds: number;
  /** Mean illumination before and after, 0 to 1. */
  readonly illumination: { readonly before: number; readonly after: number };
  /** What the person should know: conversions, and what the format could not keep. */
  readonly notes: readonly string[];
}
