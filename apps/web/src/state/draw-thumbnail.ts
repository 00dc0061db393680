/** Height of a small picture (px), twice that on the page for screens of fine pixels. */
const heightPx = 96;

let last: Promise<unknown> = Promise.resolve();

/** A small picture of a photo file. One is made after the other: a folder of large photos would fill the memory. */
export function drawThumbnail(file: File): Promise<ImageBitmap> {
  const drawn = last.then(() => createImageBitmap(file, { resizeHeight: heightPx, resizeQuality: "medium" }));
  last = drawn.catch(() => undefined);
  return drawn;
}
