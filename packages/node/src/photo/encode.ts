import { type EncodeOptions, KindlingError, type Photo, type PhotoFormat, type Picture } from "@kindling/core";
import {
  type Codec,
  embedInAvif,
  embedInJpeg,
  embedInPng,
  embedInTiff,
  embedInWebp,
  hasAlpha,
  integersOfPicture,
  requireEncoding,
  requirePhoto,
} from "@kindling/core/internal";
import type { Sharp } from "sharp";
import { loadSharp } from "./load-sharp.ts";
import { requireSides } from "./require-sides.ts";

/** Most bits a sample can have in each format. */
const mostBits: Readonly<Record<PhotoFormat, 8 | 12 | 16>> = { jpeg: 8, png: 16, webp: 8, avif: 12, tiff: 16 };

/** Quality where loss cannot be seen side by side; the scales of the formats differ. */
const defaultQuality = { jpeg: 92, webp: 90, avif: 80 } as const;

/**
 * Writes a photo with libvips, its metadata and colour profile put back byte for byte.
 *
 * @throws {KindlingError} `invalid-option` for what is no photo, a format, depth or quality out of its range, or a depth that the format does not
 * hold; `too-large` for a side.
 * @example
 * const { bytes, leftOut } = await encodePhoto(photo, { format: "avif", quality: 70 });
 * if (leftOut.length > 0) console.warn(`AVIF cannot hold ${leftOut.join(", ")}`);
 */
export const encodePhoto: Codec["encode"] = async (photo, options) => {
  requirePhoto(photo);
  requireEncoding(options);
  const format = options.format ?? ownFormat(photo, options.depth);
  requireSides("The picture", photo.picture, format);
  requireDepth("The picture", options.depth, format);
  const depth = (options.depth ?? photo.depth) === 8 ? 8 : mostBits[format];
  const { bytes, leftOut } = await encoders[format](photo, depth, options.quality);
  return { bytes, leftOut, format, depth };
};

/**
 * Checks that a format holds the bits wanted, before anything is computed.
 *
 * @param name of the photo, for the message.
 * @throws {KindlingError} `invalid-option`.
 */
export function requireDepth(name: string, depth: EncodeOptions["depth"] | "keep", format: PhotoFormat): void {
  if (depth !== 16 || mostBits[format] !== 8) return;
  throw new KindlingError(
    "invalid-option",
    `${name}: depth 16: ${format.toUpperCase()} holds 8 bits a sample. Choose the format png, tiff or avif.`,
  );
}

/** The format a photo is written in by default: a raw or HEIC, otherwise JPEG, takes TIFF where 16 bits are wanted. */
export function ownFormat({ format, source }: Photo, depth: EncodeOptions["depth"] | "keep"): PhotoFormat {
  return source && depth === 16 && mostBits[format] === 8 ? "tiff" : format;
}

type Encoder = (
  photo: Photo,
  depth: 8 | 12 | 16,
  quality: EncodeOptions["quality"],
) => Promise<Pick<Awaited<ReturnType<Codec["encode"]>>, "bytes" | "leftOut">>;

const encoders: Readonly<Record<PhotoFormat, Encoder>> = {
  jpeg: async ({ picture, metadata }, depth, quality = defaultQuality.jpeg) => {
    const opaque = (await pixels(picture, depth)).flatten({ background: "white" });
    // To fit its code to the content libjpeg keeps the whole picture in memory, 11 bytes a pixel, and takes five times as long; without
    // that a file is 1 to 9 % larger, in the middle 2 % (the 34 results for `dark` at quality 92).
    const loss = { quality, chromaSubsampling: "4:4:4", optimiseCoding: false };
    const bytes = await opaque.jpeg(loss).toBuffer();
    const embedded = embedInJpeg(bytes, metadata);
    return hasAlpha(picture) ? { ...embedded, leftOut: [...embedded.leftOut, "alpha"] } : embedded;
  },

  png: async ({ picture, metadata }, depth) => {
    // Rows of photos are packed better as differences: files are a third smaller than libvips makes them by default, in the same time
    // (the 34 results for `dark`).
    const image = (await pixels(picture, depth)).png({ adaptiveFiltering: true, compressionLevel: 3 });
    return embedInPng(await image.toBuffer(), metadata);
  },

  webp: async ({ picture, metadata, lossless }, depth, quality) => {
    const loss =
      lossless && quality === undefined
        ? { lossless: true }
        : { quality: quality ?? defaultQuality.webp, smartSubsample: true };
    const image = (await pixels(picture, depth)).webp({ ...loss, exact: true });
    return embedInWebp(await image.toBuffer(), metadata);
  },

  tiff: async ({ picture, metadata }, depth) => {
    const image = (await pixels(picture, depth)).tiff({ compression: "deflate", predictor: "horizontal" });
    return embedInTiff(await image.toBuffer(), metadata);
  },

  avif: async ({ picture, metadata }, depth, quality) => {
    // One quality rules colours and transparency alike, and a transparency must come out as it went in.
    const loss =
      hasAlpha(picture) && quality === undefined ? { lossless: true } : { quality: quality ?? defaultQuality.avif };
    const image = (await pixels(picture, depth)).avif({
      ...loss,
      // The default of 4 takes five times as long for files 1 % smaller (twelve of these).
      effort: 3,
      bitdepth: depth === 8 ? 8 : 12,
      chromaSubsampling: "4:4:4",
    });
    return embedInAvif(await image.toBuffer(), metadata);
  },
};

async function pixels(picture: Picture, depth: 8 | 12 | 16): Promise<Sharp> {
  const sharp = await loadSharp();
  const { width, height, channels, samples } = integersOfPicture(picture, depth === 8 ? 8 : 16);
  return inSpaceOf(picture, depth, sharp(samples, { raw: { width, height, channels }, limitInputPixels: false }));
}

/** Grey stays grey and 16 bits stay 16: left to itself libvips writes 8-bit RGB. */
function inSpaceOf({ channels }: Picture, depth: 8 | 12 | 16, image: Sharp): Sharp {
  if (channels < 3) return image.toColourspace(depth === 8 ? "b-w" : "grey16");
  return image.toColourspace(depth === 8 ? "srgb" : "rgb16");
}
