import { encodePreview, type Photo } from "@kindling/node";

/** A photo as a data URI for a page: its longer side at most `side` (px). */
export async function previewUri(photo: Photo, side: number): Promise<string> {
  const bytes = await encodePreview(photo, side);
  return `data:image/webp;base64,${Buffer.from(bytes).toString("base64")}`;
}
