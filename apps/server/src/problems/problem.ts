import { type ErrorCode, errorConsequences, KindlingError } from "@kindling/node";

/** What only a server answers: faults of a request and not of a photo. */
const requestProblems = {
  busy: { status: 503, title: "All workers are busy and the queue is full", retryAfterSeconds: 1 },
  stopping: { status: 503, title: "The server is being stopped", retryAfterSeconds: 5 },
  "fleet-away": { status: 503, title: "The queue of the fleet does not answer", retryAfterSeconds: 5 },
  "timed-out": { status: 504, title: "The photo took too long" },
  "upload-too-slow": { status: 408, title: "The request took too long to arrive" },
  unauthorised: { status: 401, title: "A bearer token is needed" },
  "rate-limited": { status: 429, title: "Too many photos in a minute" },
  "not-acceptable": { status: 406, title: "No format that the client accepts can be written" },
  "precondition-failed": { status: 412, title: "The client has this result already" },
  "no-route": { status: 404, title: "There is nothing at this address" },
  "wrong-method": { status: 405, title: "This address does not take this method" },
  "bad-request": { status: 400, title: "The request is malformed" },
  "headers-too-large": { status: 431, title: "The headers of the request are too large" },
} as const;

/** Titles of problems with a photo or its options. What is not named is the server's own fault. */
const photoProblems: Partial<Record<ErrorCode, string>> = {
  "invalid-option": "An option is wrong",
  "not-a-photo": "This is not a photo that Kindling reads",
  unsupported: "This kind of photo is not supported",
  damaged: "The photo is damaged",
  "too-large": "The photo or the request is too large",
  "out-of-memory": "There is not enough memory for this photo",
};

type RequestProblemCode = keyof typeof requestProblems;

/** A problem as a server tells it: RFC 9457, with Kindling's code. */
interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly code: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
}

/** A fault of a request, with the answer it gets. */
export class RequestError extends Error {
  readonly code: RequestProblemCode;

  /** @param detail says what was expected and the remedy; without it the title says all. */
  constructor(code: RequestProblemCode, detail?: string) {
    super(detail ?? requestProblems[code].title);
    this.code = code;
  }
}

/** An error as a problem, and the seconds after which to try again. */
export interface Answer {
  readonly problem: Problem;
  readonly retryAfterSeconds?: number | undefined;
  /** Whether it is the server's own fault: the person who runs it must see the error, the client must not. */
  readonly isOwnFault: boolean;
}

/** The answer to an error of any kind. */
export function answerTo(error: unknown): Answer {
  if (error instanceof RequestError) return answerOf(error.code, error.message);
  if (error instanceof KindlingError) {
    const title = photoProblems[error.code];
    if (title === undefined) return ownFault;
    const { httpStatus: status, retryable } = errorConsequences[error.code];
    const problem = { type: typeOf(error.code), title, status, detail: error.message, code: error.code, retryable };
    return { problem, retryAfterSeconds: retryable ? 5 : undefined, isOwnFault: false };
  }
  return answerToHttp(error);
}

/** Errors of the HTTP library, which carry a status. */
function answerToHttp(error: unknown): Answer {
  const { statusCode } = error instanceof Error ? (error as Error & { readonly statusCode?: number }) : {};
  if (statusCode === 413) {
    return answerTo(
      new KindlingError("too-large", "The request has more bytes than the server takes (--max-megabytes)."),
    );
  }
  if (statusCode === 429) return { ...answerOf("rate-limited"), retryAfterSeconds: undefined };
  if (statusCode === 408) return answerOf("upload-too-slow");
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return answerOf("bad-request", "Send one photo as the body, or as the field photo of a form.");
  }
  return ownFault;
}

function answerOf(code: RequestProblemCode, detail?: string): Answer {
  const { status, title, ...rest } = requestProblems[code];
  const retryAfterSeconds = "retryAfterSeconds" in rest ? rest.retryAfterSeconds : undefined;
  const isRetryable = [408, 429, 503, 504].includes(status);
  const said = detail === undefined || detail === title ? {} : { detail };
  return {
    problem: { type: typeOf(code), title, status, ...said, code, retryable: isRetryable },
    retryAfterSeconds,
    isOwnFault: false,
  };
}

const ownFault: Answer = {
  problem: {
    type: typeOf("internal"),
    title: "The server failed",
    status: 500,
    detail: "The log of the server says why, under the identifier in the header Request-Id.",
    code: "internal",
    retryable: false,
  },
  isOwnFault: true,
};

function typeOf(code: string): string {
  return `urn:kindling:problem:${code}`;
}

/** Every status that a problem can have, with the codes that lead to it; for the OpenAPI document. */
export function problemStatuses(): ReadonlyMap<number, readonly string[]> {
  const statuses = new Map<number, string[]>();
  const add = (status: number, title: string) => statuses.set(status, [...(statuses.get(status) ?? []), title]);
  for (const [code, title] of Object.entries(photoProblems))
    add(errorConsequences[code as ErrorCode].httpStatus, title);
  for (const { status, title } of Object.values(requestProblems)) add(status, title);
  add(ownFault.problem.status, ownFault.problem.title);
  return statuses;
}
