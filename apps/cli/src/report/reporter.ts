import type { ErrorCode } from "@kindling/node";

/** How a batch went. */
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

/** Tells a person or a program how a batch goes, as it goes. */
export interface Reporter<Result> {
  start(photos: number, doneBefore: number): void;
  /** How many photos are done, with the shares of those under way. */
  progress(photos: number): void;
  finished(input: string, output: string, result: Result): void;
  failed(input: string, code: ErrorCode, message: string): void;
  end(summary: BatchSummary): void;
}

/** How one kind of work is told. */
export interface BatchWords<Result> {
  /** What was done to a photo, in one word: `enhanced`. */
  readonly done: string;
  /** One line on a finished photo. */
  line(input: string, output: string, result: Result): string;
}
