import { type BrowserEnhancer, KindlingError } from "@kindling/browser";
import type { Clip } from "./clip.ts";

/** Height of a thumbnail (px): twice its height on the page, for screens of high density. */
const heightPx = 96;

/** Pixels of a thumbnail that the enhancer makes, where the browser cannot decode the file. */
const thumbnailPixels = 20_000;

let last: Promise<unknown> = Promise.resolve();

/**
 * Looks at a photo file and draws its thumbnail, one file after the other: decoding many large photos at once would fill
 * the memory.
 *
 * @throws {KindlingError} why the file cannot be read.
 */
export function inspectPhoto(
  file: File,
  getEnhancer: () => Promise<BrowserEnhancer>,
  clip?: Clip,
): Promise<ImageBitmap> {
  const inspected = last.then(async () => {
    const enhancer = await getEnhancer();
    if (clip) {
      const { view, close } = await clip.read(enhancer, { maxPixels: thumbnailPixels });
      close();
      return view.bitmap;
    }
    await enhancer.check(file);
    try {
      return await createImageBitmap(file, { resizeHeight: heightPx, resizeQuality: "medium" });
    } catch {
      const { view, close } = await enhancer.read(file, { maxPixels: thumbnailPixels });
      close();
      return view.bitmap;
    }
  });
  last = inspected.catch(() => undefined);
  return inspected;
}

/** Whether an error is about the file itself, so that trying again is of no use. */
export function isFault(error: unknown): boolean {
  if (!(error instanceof KindlingError)) return false;
  return ["not-a-photo", "damaged", "unsupported", "too-large"].includes(error.code);
}
