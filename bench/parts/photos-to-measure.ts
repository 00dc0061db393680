import { join } from "node:path";
import sharp from "sharp";

/** A photo's pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export const vga: Size = { width: 640, height: 480 };
export const twelveMegapixels: Size = { width: 4000, height: 3000 };

/** Sizes that methods are measured at. */
export const sizes: readonly Size[] = [
  vga,
  twelveMegapixels,
  { width: 6000, height: 4000 },
  { width: 11600, height: 8700 },
];

export function megapixelsOf({ width, height }: Size): number {
  return (width * height) / 1e6;
}

export function nameOf({ width, height }: Size): string {
  return `${width}x${height}`;
}

/** Photos that can be told apart. */
const variants = 16;

/**
 * Writes a JPEG of a night street, enlarged.
 *
 * @param number photos of different numbers, up to 255, differ: their frame is moved by pixels.
 */
export async function writePhoto(path: string, { width, height }: Size, number = 0): Promise<void> {
  await sharp(join(import.meta.dirname, "../../examples/photos/street-after-rain.jpg"))
    .resize({ width: width + variants, height: height + variants, fit: "fill" })
    .extract({ left: number % variants, top: Math.floor(number / variants) % variants, width, height })
    .jpeg({ quality: 90 })
    .toFile(path);
}
