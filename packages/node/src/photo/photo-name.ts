import { isRawName } from "@kindling/core/internal";

/**
 * Endings by which photos are found in folders, besides those of raws: readable formats, and others that must be reported
 * instead of skipped.
 */
const photoEndings = /\.(jpe?g|jpe|jfif|png|apng|webp|avif|tiff?|bmp|dib|gif|heic|heif|hif|jxl)$/i;

/** Whether a file's name is that of a photo, in a readable format or another. */
export function isPhotoName(path: string): boolean {
  return photoEndings.test(path) || isRawName(path);
}
