import { type ErrorCode, isVideoFile, KindlingError } from "@kindling/browser";
import { words } from "../i18n/language.ts";

/** Describes an error as `describeError` does, by one line of a list, which tells the file even where the reason is not in it. */
export function describeInList(error: unknown, name: string): string | undefined {
  const text = describeError(error, name);
  return text === undefined || text.includes(name) ? text : `${name}: ${text}`;
}

/** Describes an error in the language of the page; undefined where the person cancelled. */
export function describeError(error: unknown, name: string): string | undefined {
  const code: ErrorCode = error instanceof KindlingError ? error.code : "internal";
  const say = words.value;
  const isVideo = isVideoFile(new File([], name));
  switch (code) {
    case "cancelled":
      return undefined;
    case "not-a-photo":
      return isVideo ? say.video.notAVideo(name) : say.notAPhoto(name);
    case "damaged":
      return say.damaged(name);
    case "unsupported":
      return isVideo ? say.video.notSupported(name) : say.unsupported(name);
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
