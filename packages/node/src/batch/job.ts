import type { MessagePort } from "node:worker_threads";
import type { ErrorCode } from "@kindling/core";
import type { StagedFile } from "../photo/write-file.ts";
import type { NativeState } from "../runtime/native-code.ts";
import type { ClipProgress } from "../video/enhance-clip.ts";

/** A result's file, staged beside its final path. */
export interface FinishedFile {
  readonly staged: StagedFile;
  /** SHA-256 of the file. */
  readonly sha256: string;
  /** SHA-256 of what it was made from, as it was read: the photo itself may be another by now. */
  readonly sourceSha256: string;
}

/** The result of work on one photo. Its files are committed together. */
export interface BatchResult {
  readonly files: readonly FinishedFile[];
  /** The encoded photo, where it goes to the standard output or to a caller and not to a file. */
  readonly content?: Uint8Array | undefined;
  readonly megapixels: number;
}

/** One photo's work, as it is sent to a worker thread. */
export interface Job<Photo extends { readonly input: string }, Treatment> {
  /** The photo; `input` names it in messages. */
  readonly photo: Photo;
  readonly treatment: Treatment;
  /** Threads that photo libraries and networks may use inside this worker. */
  readonly threads: number;
  /** Workers that share the machine with this one, itself included. */
  readonly workers: number;
  /** Carries progress (`JobProgress`) to the main thread; any message from there cancels the job. */
  readonly port: MessagePort;
  /** Says whether the worker may be stopped. */
  readonly native: NativeState;
}

/** How far a job is: a share from 0 to 1, or the frames of a video; or something a person should know. */
export type JobProgress = number | ClipProgress | { readonly notice: string };

/** A job's outcome: errors lose their class between threads, so they travel as code and message. */
export type JobOutcome<Result> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string };
