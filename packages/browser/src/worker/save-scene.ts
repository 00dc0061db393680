import type { Photo, Picture } from "@kindling/core";
import { exifOfUprightPicture, heldSamples, withoutPlace, xmpOfUprightPicture } from "@kindling/core/internal";
import { encodePhoto } from "../photo/encode.ts";
import { framePicture, wholeFrame } from "../photo/frame.ts";
import { applyLook } from "../photo/look.ts";
import { reduceRows } from "../photo/reduce-rows.ts";
import type { SavedPhoto, SaveOptions } from "./worker-api.ts";

/** How a lit photo becomes a file. */
type FileOptions = Pick<
  SaveOptions,
  "format" | "quality" | "withoutPlace" | "frame" | "maxSidePx" | "warmth" | "contrast"
>;

/** Gives a lit photo its look, frame and size, and writes it. */
export async function writePhoto(lit: Photo, options: FileOptions): Promise<SavedPhoto> {
  const { format, quality, withoutPlace: isPlaceless = false, frame = wholeFrame, maxSidePx } = options;
  const whole = lit.picture;
  const picture = reduceToSide(framePicture(applyLook(whole, options), frame), maxSidePx);
  const isChanged = picture.width !== whole.width || picture.height !== whole.height;
  const placed = isPlaceless ? withoutPlace(lit.metadata) : lit.metadata;
  const { exif, xmp } = placed;
  const metadata = isChanged
    ? {
        ...placed,
        ...(exif && { exif: exifOfUprightPicture(exif, picture.width, picture.height) }),
        ...(xmp && { xmp: xmpOfUprightPicture(xmp, picture.width, picture.height) }),
      }
    : placed;
  const encoded = await encodePhoto({ ...lit, picture, metadata }, { format, quality });
  const isVideoTaken = isPlaceless && lit.metadata.video !== undefined;
  return {
    bytes: new Uint8Array(encoded.bytes),
    format: encoded.format,
    leftOut: [...encoded.leftOut, ...(isVideoTaken ? (["video"] as const) : [])],
  };
}

/**
 * Estimates how many bytes the photo has at a number of pixels, from two small files: where pictures differ in size alone,
 * the logarithms of pixels and bytes rise together on a line.
 */
export async function estimateBytes(lit: Photo, options: FileOptions, pixels: number): Promise<number> {
  const framed = framePicture(applyLook(lit.picture, options), options.frame ?? wholeFrame);
  const plain = { ...lit, metadata: {} };
  const countBytes = async (picture: Picture) => (await encodePhoto({ ...plain, picture }, options)).bytes.length;
  const half = reduceToSide(framed, Math.ceil(Math.max(framed.width, framed.height) / 2));
  const [large, small] = [await countBytes(framed), await countBytes(half)];
  const shown = framed.width * framed.height;
  const rise = Math.log(large / small) / Math.log(shown / (half.width * half.height));
  const { exif, xmp, icc } = lit.metadata;
  const beside = [exif, xmp, icc].reduce((sum, part) => sum + (part?.length ?? 0), 0);
  return large * (pixels / shown) ** Math.min(Math.max(rise, 0), 1) + beside;
}

function reduceToSide(picture: Picture, maxSidePx = Number.POSITIVE_INFINITY): Picture {
  const { width, height, channels } = picture;
  const scale = maxSidePx / Math.max(width, height);
  if (scale >= 1) return picture;
  const { values, step } = heldSamples(picture);
  const rows = (top: number, bottom: number) => values.subarray(top * width * channels, bottom * width * channels);
  const source = { width, height, channels, white: 1 / step, stride: channels, rows, close() {} };
  return reduceRows(source, Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
}
