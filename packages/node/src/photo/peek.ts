import { readBmpHeader, sourceFormatOf } from "@kindling/core/internal";
import sharp from "sharp";
import { rawPath } from "./raw-path.ts";
import { openRegularFile, readRegularFile } from "./regular-file.ts";

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
    // Refuses pipes, which libvips would wait for.
    const file = await openRegularFile(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
      const head = buffer.subarray(0, bytesRead);
      const source = sourceFormatOf(head, path);
      if (source === "raw" || source === "jxl") return (await file.stat()).size;
      // libvips opens only paths that are text.
      const content = typeof rawPath(path) === "string" ? path : (await readRegularFile(path)).bytes;
      const size =
        source === "bmp" ? readBmpHeader(head) : await sharp(content, { limitInputPixels: false }).metadata();
      return size && size.width * size.height;
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}
