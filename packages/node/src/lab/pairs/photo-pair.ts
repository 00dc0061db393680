import type { KindlingError } from "@kindling/core";

/** Two photo files of one scene from one camera position, pixel on pixel: the darker one and the better exposed one. */
export interface PhotoPair {
  /** What the pair is called in messages and reports: the file name without its ending. */
  readonly name: string;
  readonly low: string;
  readonly normal: string;
  /** Part of the data set it belongs to (`train`, `val`), where the data set says. */
  readonly split?: string | undefined;
}

/** A file that cannot be used, and why. */
export interface PhotoFailure {
  readonly file: string;
  readonly error: KindlingError;
}
