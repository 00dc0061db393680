import type { ErrorCode } from "@kindling/node";
import type { JobResult } from "../batch/job.ts";

/** How a batch went. */
export interface BatchSummary {
  readonly enhanced: number;
  readonly failed: number;
  /** Finished by an earlier run and left as they are. */
  readonly doneBefore: number;
  /** Not begun or not finished because the run was stopped. */
  readonly stopped: number;
  readonly megapixels: number;
  readonly seconds: number;
  readonly out: string;
}

/** Tells a person or a program how a batch goes, as it goes. */
export interface Reporter {
  start(photos: number, doneBefore: number): void;
  /** How many photos are done, with the shares of those under way. */
  progress(photos: number): void;
  enhanced(input: string, output: string, result: JobResult): void;
  failed(input: string, code: ErrorCode, message: string): void;
  end(summary: BatchSummary): void;
}
