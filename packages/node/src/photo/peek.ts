import sharp from "sharp";
import { bmpSize, isBmp } from "./bmp.ts";
import { rawPath } from "./raw-path.ts";
import { openRegularFile, readRegularFile } from "./regular-file.ts";

/** Enough for the header of every bitmap. */
const bmpHeaderBytes = 26;

/**
 * Counts the pixels of a photo file by its header alone; undefined if it is not a readable photo.
 * For planning memory: faults of the file are reported when it is read.
 */
export async function peekPixelCount(path: string): Promise<number | undefined> {
  try {
    const bitmap = await peekBmp(path);
    // libvips opens only paths that are text.
    const source = typeof rawPath(path) === "string" ? path : (await readRegularFile(path)).bytes;
    const { width, height } = bitmap ?? (await sharp(source, { limitInputPixels: false }).metadata());
    return width * height;
  } catch {
    return undefined;
  }
}

async function peekBmp(path: string): Promise<{ width: number; height: number } | undefined> {
  // Refuses pipes, which libvips would wait for.
  const file = await openRegularFile(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bmpHeaderBytes), 0, bmpHeaderBytes, 0);
    return bytesRead === bmpHeaderBytes && isBmp(buffer) ? bmpSize(buffer) : undefined;
  } finally {
    await file.close();
  }
}
