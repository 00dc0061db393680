import type { Photo } from "@kindling/core";
import { encodePhoto } from "./encode.ts";
import { loadSharp } from "./load-sharp.ts";

const quality = 85;

/** Encodes a photo as a small WebP in sRGB, for pages: its longer side at most `side` (px), never enlarged. */
export async function encodePreview(photo: Photo, side: number): Promise<Uint8Array> {
  // Through an encoded file, because that is where libvips finds the profile it converts from.
  const { bytes } = await encodePhoto(photo, { format: "png", depth: 8 });
  const sharp = await loadSharp();
  return sharp(bytes)
    .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
    .webp({ quality })
    .toBuffer();
}
