import { readBmpHeader, sourceFormatOf, withoutTangledExif } from "@kindling/core/internal";
import { stat } from "./file-system.ts";
import { loadSharp } from "./load-sharp.ts";
import { readRegularFile } from "./regular-file.ts";

/** How large a photo may be, in pixels and in bytes of its file. */
export interface PhotoLimit {
  readonly pixels: number;
  readonly bytes: number;
}

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
    const sharp = await loadSharp();
    const { width, height } = await sharp(withoutTangledExif(bytes), { limitInputPixels: false }).metadata();
    return width * height;
  } catch {
    return undefined;
  }
}

/** Whether a photo, a file or its content, is within a limit and decoded by libvips, on threads of its own. */
export async function isPhotoWithin(limit: PhotoLimit, path: string, content?: Uint8Array): Promise<boolean> {
  const size = content?.length ?? (await stat(path).catch(() => undefined))?.size ?? 0;
  if (size === 0 || size > limit.bytes) return false;
  const bytes = content ?? (await readRegularFile(path).catch(() => undefined))?.bytes;
  if (bytes === undefined || sourceFormatOf(bytes, path) !== undefined) return false;
  const pixels = await pixelCountOf(bytes, path);
  return pixels !== undefined && pixels <= limit.pixels;
}
