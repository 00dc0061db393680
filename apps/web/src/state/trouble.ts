import { type ErrorCode, KindlingError } from "@kindling/browser";
import { words } from "../i18n/language.ts";

/** An error in the person's own language; nothing where they cancelled it themselves. */
export function troubleOf(error: unknown, name: string): string | undefined {
  const code: ErrorCode = error instanceof KindlingError ? error.code : "internal";
  const say = words.value;
  switch (code) {
    case "cancelled":
      return undefined;
    case "not-a-photo":
      return say.notAPhoto(name);
    case "damaged":
      return say.damaged(name);
    case "unsupported":
      return say.unsupported(name);
    case "too-large":
      return say.tooLarge(name);
    case "out-of-memory":
      return say.outOfMemory(name);
    case "not-found":
    case "invalid-model":
      return say.notFetched;
    default:
      return say.failed(name);
  }
}
