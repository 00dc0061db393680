import sharp from "sharp";
import { bmpSize, isBmp } from "./bmp.ts";
import { open, readFile } from "./file-system.ts";
import { rawPath } from "./raw-path.ts";

/** Enough for the header of every bitmap. */
const bmpHeaderBytes = 26;

/**
 * Counts the pixels of a photo file by its header alone; undefined if it is not a readable photo.
 * For planning memory: faults of the file are reported when it is read.
 */
export async function peekPixelCount(path: string): Promise<number | undefined> {
  try {
    // libvips opens only paths that are text.
    const source = typeof rawPath(path) === "string" ? path : await readFile(path);
    const { width, height } = (await peekBmp(path)) ?? (await sharp(source, { limitInputPixels: false }).metadata());
    return width * height;
  } catch {
    return undefined;
  }
}

async function peekBmp(path: string): Promise<{ width: number; height: number } | undefined> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bmpHeaderBytes), 0, bmpHeaderBytes, 0);
    return bytesRead === bmpHeaderBytes && isBmp(buffer) ? bmpSize(buffer) : undefined;
  } finally {
    await file.close();
  }
}
