import { type ErrorCode, KindlingError } from "@kindling/node";
import { redactSecrets } from "../redact-secrets.ts";

interface S3Failure {
  readonly name?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Explains a failure of S3-compatible storage; returns errors of Kindling unchanged. Keys are in no message. */
export function s3Error(path: string, cause: unknown, what: "read" | "written"): KindlingError {
  if (cause instanceof KindlingError) return cause;
  const { name = "", message = String(cause), $metadata } = (cause ?? {}) as S3Failure;
  const status = $metadata?.httpStatusCode;
  const [code, reason] = explain(status, name, redactSecrets(message), what);
  // The cause is not kept: the SDK's errors hold the whole request.
  return new KindlingError(code, `${path}: ${reason}`);
}

function explain(
  status: number | undefined,
  name: string,
  message: string,
  what: "read" | "written",
): readonly [ErrorCode, string] {
  if (name === "CredentialsProviderError") {
    return ["unavailable", "no keys for the storage. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."];
  }
  if (name === "NoSuchBucket") return ["not-found", "there is no such bucket."];
  if (status === 404) return ["not-found", "there is no such object."];
  if (status === 401 || status === 403) {
    const code = what === "read" ? "unreadable" : "unwritable";
    return [code, `the storage refuses these keys (${name}). Check the keys and the rights of the bucket.`];
  }
  return [
    "unavailable",
    `could not be ${what}: the storage does not answer as it should: ${name || "error"}: ${message}`,
  ];
}
