/** Endings by which photos are found in folders: those that can be read, and those a person would miss if left out in silence. */
const photoEndings = /\.(jpe?g|jpe|jfif|png|webp|avif|tiff?|bmp|gif|heic|heif)$/i;

/** Whether a file's name is that of a photo, readable here or not. */
export function isPhotoName(path: string): boolean {
  return photoEndings.test(path);
}
