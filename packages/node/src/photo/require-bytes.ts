import { invalidValue } from "@kindling/core/internal";

/**
 * Throws unless a value is the content of a file as bytes: programs in JavaScript give `ArrayBuffer`s and paths, too.
 *
 * @throws {KindlingError} `invalid-option`.
 */
export function requireBytes(file: unknown): asserts file is Uint8Array {
  // Not `instanceof`: test runners give a program a Uint8Array of their own.
  if (!ArrayBuffer.isView(file)) throw invalidValue("file", "the content of a photo file (Uint8Array)", file);
}
