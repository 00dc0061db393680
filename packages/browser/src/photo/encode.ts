import { KindlingError, type Photo, type PhotoMetadata } from "@kindling/core";
import {
  type Codec,
  type EmbeddedFile,
  embedInAvif,
  embedInJpeg,
  embedInPng,
  embedInWebp,
  hasAlpha,
  integersOfPicture,
} from "@kindling/core/internal";
import { putRows } from "./put-rows.ts";
import { stripColourTags } from "./strip-colour-tags.ts";
import { defaultQuality, type WritableFormat, writableFormats } from "./writable-formats.ts";

/**
 * Writes a photo with the browser's encoders and puts its metadata and colour profile back byte for byte.
 *
 * @throws {KindlingError} `invalid-option` for TIFF; `unsupported` where this browser has no encoder of the format;
 * `out-of-memory`.
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

type Encoder = (photo: Photo, quality: number | undefined, depth: 8 | 16) => Promise<Uint8Array>;

const encoders: Readonly<Record<WritableFormat, Encoder>> = {
  jpeg: (photo, quality = defaultQuality.jpeg) => encodeWithCanvas(photo, "image/jpeg", quality / 100),
  webp: (photo, quality) => {
    // Chromium writes lossless WebP where the quality is exactly 1.
    const share = photo.lossless && quality === undefined ? 1 : (quality ?? defaultQuality.webp) / 100;
    return encodeWithCanvas(photo, "image/webp", share);
  },
  png: async (photo, _, depth) => {
    const isPlain = depth === 8 && photo.picture.channels === 3;
    return isPlain ? encodeWithCanvas(photo, "image/png") : encodePng(photo, depth);
  },
  avif: async (photo, quality = defaultQuality.avif) => {
    const { default: encode } = await import("@jsquash/avif/encode.js");
    return new Uint8Array(await encode(createImageData(photo), { quality, speed: 8, subsample: 3 }));
  },
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

async function encodeWithCanvas({ picture }: Photo, type: string, quality?: number): Promise<Uint8Array> {
  const { width, height } = picture;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { alpha: hasAlpha(picture) && type !== "image/jpeg" });
  if (!context) throw new KindlingError("out-of-memory", `The browser gives no canvas of ${width} x ${height}.`);
  const rows = 256;
  const whiteBehind = type === "image/jpeg";
  for (let top = 0; top < height; top += rows) {
    const strip = new ImageData(width, Math.min(rows, height - top));
    putRows(picture, top, strip.data, { whiteBehind });
    context.putImageData(strip, 0, top);
  }
  const blob = await canvas.convertToBlob({ type, ...(quality !== undefined && { quality }) });
  if (blob.type !== type) {
    throw new KindlingError("unsupported", `format: this browser does not write ${type.slice(6)}. Choose png or jpeg.`);
  }
  return stripColourTags(new Uint8Array(await blob.arrayBuffer()));
}

async function encodePng({ picture }: Photo, depth: 8 | 16): Promise<Uint8Array> {
  const { encode } = await import("fast-png");
  const { width, height, channels, samples } = integersOfPicture(picture, depth);
  return encode({ width, height, channels, depth, data: samples });
}

function createImageData({ picture }: Photo): ImageData {
  const image = new ImageData(picture.width, picture.height);
  putRows(picture, 0, image.data, { whiteBehind: false });
  return image;
}
