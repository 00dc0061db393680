import { printableText } from "./printable-text.ts";

/** What can go wrong, as a closed list: callers branch on the code, people read the message. */
export type ErrorCode =
  | "invalid-option"
  | "not-found"
  | "unreadable"
  | "not-a-photo"
  | "unsupported"
  | "damaged"
  | "too-large"
  | "exists"
  | "unwritable"
  | "disk-full"
  | "out-of-memory"
  | "invalid-model"
  | "no-device"
  | "unavailable"
  | "cancelled"
  | "internal";

/** How one error code shows at each edge of the system. */
export interface ErrorConsequence {
  /** Exit status of the command line when this is the worst that happened: 1 some input failed, 2 wrong usage. */
  readonly exitStatus: 1 | 2;
  /** Status a server answers with. */
  readonly httpStatus: number;
  /** Whether the same call may succeed later without any change of its input. */
  readonly retryable: boolean;
}

/** The one table from error code to exit status, HTTP status and whether to try again. */
export const errorConsequences: Readonly<Record<ErrorCode, ErrorConsequence>> = {
  "invalid-option": { exitStatus: 2, httpStatus: 400, retryable: false },
  "not-found": { exitStatus: 1, httpStatus: 404, retryable: false },
  unreadable: { exitStatus: 1, httpStatus: 403, retryable: false },
  "not-a-photo": { exitStatus: 1, httpStatus: 415, retryable: false },
  unsupported: { exitStatus: 1, httpStatus: 415, retryable: false },
  damaged: { exitStatus: 1, httpStatus: 422, retryable: false },
  "too-large": { exitStatus: 1, httpStatus: 413, retryable: false },
  exists: { exitStatus: 1, httpStatus: 409, retryable: false },
  unwritable: { exitStatus: 1, httpStatus: 500, retryable: false },
  "disk-full": { exitStatus: 1, httpStatus: 507, retryable: true },
  "out-of-memory": { exitStatus: 1, httpStatus: 503, retryable: true },
  "invalid-model": { exitStatus: 1, httpStatus: 422, retryable: false },
  "no-device": { exitStatus: 1, httpStatus: 503, retryable: false },
  unavailable: { exitStatus: 1, httpStatus: 503, retryable: true },
  cancelled: { exitStatus: 1, httpStatus: 499, retryable: true },
  internal: { exitStatus: 1, httpStatus: 500, retryable: false },
};

/**
 * The one error Kindling throws on purpose.
 *
 * The message names the option or file, what was expected, what came, and the remedy; it is one line, fit to be shown as
 * it is: control characters of names in it are escaped.
 * `cause` keeps the error of the library below, when there was one.
 */
export class KindlingError extends Error {
  override readonly name = "KindlingError";
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(printableText(message), options);
    this.code = code;
  }
}
