import type { MessagePort } from "node:worker_threads";
import type { ErrorCode, Light, MethodSettings, PhotoFormat, SampleDepth, StagedFile } from "@kindling/node";

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

/** One photo's work, as it is sent to a worker thread. */
export interface Job {
  readonly input: string;
  readonly output: string;
  readonly treatment: Treatment;
  /** Threads the photo libraries may use inside this worker. */
  readonly threads: number;
  /** Carries progress (a share of 1) to the main thread, and any message from there as the wish to cancel. */
  readonly port: MessagePort;
}

/** A photo enhanced, its file lying beside its final place. */
export interface JobResult {
  readonly staged: StagedFile;
  readonly bytes: number;
  readonly megapixels: number;
  readonly seconds: number;
  /** Mean illumination before and after, 0 to 1. */
  readonly illumination: { readonly before: number; readonly after: number };
  /** What the person should know: conversions, and what the format could not keep. */
  readonly notes: readonly string[];
}

/** A job's outcome: errors lose their class between threads, so they travel as code and message. */
export type JobOutcome =
  | { readonly ok: true; readonly result: JobResult }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string };
