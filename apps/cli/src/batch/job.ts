import type { MessagePort } from "node:worker_threads";
import type { ErrorCode, StagedFile } from "@kindling/node";
import type { PlannedPhoto } from "./batch-plan.ts";

/** A result's file, lying beside its final place. */
export interface FinishedFile {
  readonly staged: StagedFile;
  readonly bytes: number;
}

/** What every kind of work gives: its files, each in place or none. */
export interface BatchResult {
  readonly files: readonly FinishedFile[];
  readonly megapixels: number;
}

/** One photo's work, as it is sent to a worker thread. */
export interface Job<Photo extends PlannedPhoto, Treatment> {
  readonly photo: Photo;
  readonly treatment: Treatment;
  /** Threads that photo libraries and networks may use inside this worker. */
  readonly threads: number;
  /** Workers that share the machine with this one, itself included. */
  readonly workers: number;
  /** Carries progress (a share of 1) to the main thread, and any message from there as the wish to cancel. */
  readonly port: MessagePort;
}

/** A job's outcome: errors lose their class between threads, so they travel as code and message. */
export type JobOutcome<Result> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string };
