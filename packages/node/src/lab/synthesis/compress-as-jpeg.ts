import type { Photo, Picture } from "@kindling/core";
import { decodePhoto } from "../../photo/decode.ts";
import { encodePhoto } from "../../photo/encode.ts";

/** Compresses the picture as a JPEG, with colours at full resolution, and decodes it again. */
export async function compressAsJpeg(photo: Photo, quality: number): Promise<Picture> {
  const { bytes } = await encodePhoto(photo, { format: "jpeg", quality });
  return (await decodePhoto(bytes, { name: "the dark photo" })).picture;
}
