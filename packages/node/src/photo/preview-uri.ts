import type { Photo } from "@kindling/core";
import { encodePreview } from "./preview.ts";

/** Encodes a photo as a data URI for a page, its longer side at most `sidePx`. */
export async function previewUri(photo: Photo, sidePx: number): Promise<string> {
  const bytes = await encodePreview(photo, sidePx);
  return `data:image/webp;base64,${Buffer.from(bytes).toString("base64")}`;
}
