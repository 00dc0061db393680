import type { ErrorCode } from "@kindling/core";

/** The result of a batch in figures. */
export interface BatchSummary {
  readonly finished: number;
  readonly failed: number;
  /** Finished by an earlier run and left as they are. */
  readonly doneBefore: number;
  /** Not begun or not finished because the run was stopped. */
  readonly stopped: number;
  readonly megapixels: number;
  readonly seconds: number;
  readonly out: string;
}

/** Receives the events of a batch while it runs. */
export interface BatchReporter<Result> {
  start(photos: number, doneBefore: number): void;
  /** Number of photos done, plus the shares of those in work. */
  progress(photos: number): void;
  finish(input: string, output: string, result: Result): void;
  fail(input: string, code: ErrorCode, message: string): void;
  end(summary: BatchSummary): void;
}
