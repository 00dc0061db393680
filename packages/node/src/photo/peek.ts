import { open } from "node:fs/promises";
import { readBmpHeader, sourceFormatOf } from "@kindling/core/internal";
import sharp from "sharp";

/** Enough for the header of every bitmap, and to know a raw by its first directories. */
const headBytes = 64 * 1024;

/**
 * Counts the pixels of a photo file by its header alone; undefined if it is not a readable photo.
 * For planning memory: faults of the file are reported when it is read.
 *
 * A raw counts as many as it has bytes: cameras pack a pixel into one byte or more.
 */
export async function peekPixelCount(path: string): Promise<number | undefined> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
      const head = buffer.subarray(0, bytesRead);
      const source = sourceFormatOf(head, path);
      if (source === "raw" || source === "jxl") return (await file.stat()).size;
      const size = source === "bmp" ? readBmpHeader(head) : await sharp(path, { limitInputPixels: false }).metadata();
      return size && size.width * size.height;
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}
