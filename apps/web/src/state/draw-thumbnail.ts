/** Height of a thumbnail (px): twice its height on the page, for screens of high density. */
const heightPx = 96;

let last: Promise<unknown> = Promise.resolve();

/** Draws a thumbnail of a photo file, one after the other: decoding many large photos at once would fill the memory. */
export function drawThumbnail(file: File): Promise<ImageBitmap> {
  const drawn = last.then(() => createImageBitmap(file, { resizeHeight: heightPx, resizeQuality: "medium" }));
  last = drawn.catch(() => undefined);
  return drawn;
}
