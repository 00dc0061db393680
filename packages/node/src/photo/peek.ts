import sharp from "sharp";
import { bmpSize, isBmp } from "./bmp.ts";
import { openRegularFile } from "./regular-file.ts";

/** Enough for the header of every bitmap. */
const bmpHeaderBytes = 26;

/**
 * Counts the pixels of a photo file by its header alone; undefined if it is not a readable photo.
 * For planning memory: faults of the file are reported when it is read.
 */
export async function peekPixelCount(path: string): Promise<number | undefined> {
  try {
    const { width, height } = (await peekBmp(path)) ?? (await sharp(path, { limitInputPixels: false }).metadata());
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
