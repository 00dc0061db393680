import { rawEndings } from "@kindling/core/internal";

/**
 * For the `accept` of a file input: pictures, and the endings of those that systems do not know as pictures, such as raws.
 *
 * @example
 * const picker = `<input type="file" accept="${acceptedFiles}" />`;
 */
export const acceptedFiles = [
  "image/*",
  ".heic",
  ".heif",
  ".hif",
  ".jxl",
  ...[...rawEndings].map((ending) => `.${ending}`),
].join();
