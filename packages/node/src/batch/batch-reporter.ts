import type { ErrorCode } from "@kindling/core";

/** The result of a batch in figures. */
export interface BatchSummary {
  readonly finished: number;
  readonly failed: number;
  /** Finished by an earlier run and left as they are. */
  readonly doneBefore: number;
  /** Not begun or not finished because the run was stopped. */
  readonly stopped: number;
  /** Photos that a run would work on; only of a dry run, which does nothing. */
  readonly planned?: number | undefined;
  readonly megapixels: number;
  readonly seconds: number;
  readonly out: string;
}

/** How far a video is. */
export interface FrameProgress {
  readonly frames: number;
  /** 0 where the file does not tell. */
  readonly total: number;
  readonly framesPerSecond: number;
  /** Infinite where the file does not tell how long it is. */
  readonly secondsLeft: number;
}

/** Receives the events of a batch while it runs: those that it has a method for. */
export interface BatchReporter<Result> {
  /** Something a person should know about a path although nothing failed, such as a folder left out. */
  notice?(path: string, message: string): void;
  start?(photos: number, doneBefore: number): void;
  /** Number of photos done, plus the shares of those in work, which between reports of the work are estimated by time. */
  progress?(photos: number): void;
  /** How far a video is, some times a second. */
  frames?(input: string, progress: FrameProgress): void;
  /** A photo that a run would work on, of a dry run. */
  plan?(input: string, output: string): void;
  finish?(input: string, output: string, result: Result): void;
  fail?(input: string, code: ErrorCode, message: string): void;
  end?(summary: BatchSummary): void;
}
