import { KindlingError, type Photo, type PhotoMetadata } from "@kindling/core";
import {
  type Codec,
  type EmbeddedFile,
  embedInAvif,
  embedInJpeg,
  embedInPng,
  embedInWebp,
  hasAlpha,
} from "@kindling/core/internal";
import { encoders } from "./encoders.ts";
import { type WritableFormat, writableFormats } from "./writable-formats.ts";

/**
 * Writes a photo and puts its metadata and colour profile back byte for byte.
 *
 * @throws {KindlingError} `invalid-option` for TIFF; `not-found` where the format's encoder could not be fetched.
 */
export const encodePhoto: Codec["encode"] = async (photo, { format = photo.format, depth = photo.depth, quality }) => {
  if (format === "tiff") {
    throw new KindlingError(
      "invalid-option",
      `format: browsers write ${writableFormats.join(", ")}; got tiff. Choose one of these.`,
    );
  }
  const written = format === "png" ? depth : 8;
  const bytes = await encoders[format](photo, quality, written);
  const alphaLost = format === "jpeg" && hasAlpha(photo.picture);
  const embedded = embedders[format](bytes, selectMetadata(photo, format));
  const profileLost = photo.metadata.icc && !selectMetadata(photo, format).icc;
  return {
    bytes: embedded.bytes,
    leftOut: [
      ...embedded.leftOut,
      ...(profileLost ? (["icc"] as const) : []),
      ...(alphaLost ? (["alpha"] as const) : []),
    ],
    format,
    depth: written,
  };
};

const embedders: Readonly<Record<WritableFormat, (bytes: Uint8Array, metadata: PhotoMetadata) => EmbeddedFile>> = {
  jpeg: embedInJpeg,
  png: embedInPng,
  webp: embedInWebp,
  avif: embedInAvif,
};

/** Leaves out the profile of a grey photo where canvases and AVIF turn grey into colours. */
function selectMetadata({ metadata, picture }: Photo, format: WritableFormat): PhotoMetadata {
  const turnsGreyToColours = picture.channels < 3 && format !== "png";
  if (!turnsGreyToColours) return metadata;
  const { icc: _, ...others } = metadata;
  return others;
}
