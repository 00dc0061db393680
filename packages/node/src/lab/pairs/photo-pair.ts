import type { KindlingError } from "@kindling/core";

/** Two photo files of one scene from one camera position: the darker one and the better exposed one. */
export interface PhotoPair {
  /** The name in messages and reports: that of the file without its ending. */
  readonly name: string;
  readonly low: string;
  readonly normal: string;
  /** The part of the data set, such as `train` or `val`; undefined where the data set has no splits. */
  readonly split?: string | undefined;
}

/** A file that cannot be used, and why. */
export interface PhotoFailure {
  readonly file: string;
  readonly error: KindlingError;
}
