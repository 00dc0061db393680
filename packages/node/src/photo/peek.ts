import { readBmpHeader, sourceFormatOf, withoutTangledExif } from "@kindling/core/internal";
import sharp from "sharp";
import { readRegularFile } from "./regular-file.ts";

/**
 * Counts the pixels of a photo file by its header alone; undefined if it is not a readable photo.
 * For planning memory: faults of the file are reported when it is read.
 *
 * A raw counts as many as it has bytes: cameras pack a pixel into one byte or more.
 */
export async function peekPixelCount(path: string): Promise<number | undefined> {
  const file = await readRegularFile(path).catch(() => undefined);
  return file && pixelCountOf(file.bytes, path);
}

/** Counts the pixels of a photo file's content, as `peekPixelCount` does; its name tells raws apart. */
export async function pixelCountOf(bytes: Uint8Array, name: string): Promise<number | undefined> {
  try {
    const source = sourceFormatOf(bytes, name);
    // The header of these tells no size without their decoders.
    if (source === "raw" || source === "jxl") return bytes.length;
    if (source === "bmp") {
      const size = readBmpHeader(bytes);
      return size && size.width * size.height;
    }
    const { width, height } = await sharp(withoutTangledExif(bytes), { limitInputPixels: false }).metadata();
    return width * height;
  } catch {
    return undefined;
  }
}
