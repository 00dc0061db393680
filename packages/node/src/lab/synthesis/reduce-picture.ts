import type { Picture } from "@kindling/core";
import { integersOfPicture, pictureOfIntegers } from "@kindling/core/internal";
import { loadSharp } from "../../photo/load-sharp.ts";

/** Reduces a picture whose longer side is above `side` (px) to that size (Lanczos, 8 bits); returns others as they are. */
export async function reducePicture(picture: Picture, side: number): Promise<Picture> {
  if (Math.max(picture.width, picture.height) <= side) return picture;
  const { samples, ...raw } = integersOfPicture(picture, 8);
  const sharp = await loadSharp();
  const { data, info } = await sharp(samples, { raw, limitInputPixels: false })
    .resize({ width: side, height: side, fit: "inside" })
    .toColourspace(picture.channels < 3 ? "b-w" : "srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return pictureOfIntegers({ width: info.width, height: info.height, channels: picture.channels, samples: data });
}
