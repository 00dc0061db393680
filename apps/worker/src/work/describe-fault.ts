import { type ErrorCode, KindlingError } from "@kindling/node";
import { UnrecoverableError } from "bullmq";
import { redactSecrets } from "../redact-secrets.ts";

/** Faults of the photo or its order: another try, or another machine, would end in the same way. */
const poison: ReadonlySet<ErrorCode> = new Set([
  "not-a-photo",
  "unsupported",
  "damaged",
  "too-large",
  "exists",
  "invalid-option",
]);

/** Whether a photo is set aside at once. All other faults may be the machine's, the storage's or the network's. */
export function isPoison(code: ErrorCode): boolean {
  return poison.has(code);
}

/** The fault as one of Kindling's errors, without secrets. */
export function asKindlingError(input: string, error: unknown): KindlingError {
  if (error instanceof KindlingError) return new KindlingError(error.code, redactSecrets(error.message));
  const reason = redactSecrets(error instanceof Error ? error.message : String(error));
  return new KindlingError("internal", `${input}: ${reason}. This should not happen: please report it with the photo.`);
}

/** The error that tells the queue what to do, with code and message as `kindling failed` reads them. */
export function asQueueError({ code, message }: KindlingError): Error {
  const text = `${code}: ${message}`;
  return isPoison(code) ? new UnrecoverableError(text) : new Error(text);
}
