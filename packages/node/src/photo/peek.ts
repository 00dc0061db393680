import { withoutTangledExif } from "@kindling/core/internal";
import sharp from "sharp";
import { bmpSize, isBmp } from "./bmp.ts";
import { readFile } from "./file-system.ts";

/**
 * Counts the pixels of a photo file by its header alone; undefined if it is not a readable photo.
 * For planning memory: faults of the file are reported when it is read.
 */
export async function peekPixelCount(path: string): Promise<number | undefined> {
  try {
    const bytes = withoutTangledExif(await readFile(path));
    const { width, height } = isBmp(bytes)
      ? bmpSize(bytes)
      : await sharp(bytes, { limitInputPixels: false }).metadata();
    return width * height;
  } catch {
    return undefined;
  }
}
