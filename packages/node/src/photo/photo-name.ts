/**
 * Endings by which photos are found in folders: readable formats, and others that must be reported instead of skipped.
 */
const photoEndings = /\.(jpe?g|jpe|jfif|png|webp|avif|tiff?|bmp|gif|heic|heif)$/i;

/** Whether a file's name is that of a photo, in a readable format or another. */
export function isPhotoName(path: string): boolean {
  return photoEndings.test(path);
}
