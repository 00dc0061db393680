import type { Picture } from "@kindling/core";
import { integersOfPicture } from "@kindling/core/internal";
import { decodePhoto } from "../../photo/decode.ts";
import { loadSharp } from "../../photo/load-sharp.ts";

/**
 * Compresses an RGB picture as a JPEG and decodes it again.
 *
 * @param quality 1 to 100.
 * @param chromaSubsampling `4:2:0` halves the resolution of colour in both directions.
 */
export async function compressAsJpeg(
  picture: Picture,
  quality: number,
  chromaSubsampling: "4:2:0" | "4:4:4",
): Promise<Picture> {
  const { samples, ...raw } = integersOfPicture(picture, 8);
  const sharp = await loadSharp();
  const bytes = await sharp(samples, { raw, limitInputPixels: false }).jpeg({ quality, chromaSubsampling }).toBuffer();
  return (await decodePhoto(bytes, { name: "the dark photo" })).picture;
}
