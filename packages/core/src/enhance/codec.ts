import { type Photo, type PhotoFormat, photoFormats, type SampleDepth, sampleDepths } from "../image/photo.ts";
import type { MetadataPart } from "../metadata/photo-metadata.ts";
import { requireOneOf, requireWholeNumber } from "../settings/require-value.ts";

/** How a photo file is read. */
export interface DecodeOptions {
  /** Name of the file, for error messages. */
  readonly name: string;
  /** Largest size in megapixels (1 = 1,000,000 pixels), checked before pixels are decoded; default 200. */
  readonly maxMegapixels?: number | undefined;
}

/** How a photo is written. Options left out keep the photo's own format, depth and kind of compression. */
export interface EncodeOptions {
  readonly format?: PhotoFormat | undefined;
  /**
   * Bits per sample. If left out, a format that cannot hold the photo's depth gets its largest; a depth it cannot hold
   * is an error.
   */
  readonly depth?: SampleDepth | undefined;
  /** Quality of JPEG, WebP and AVIF, 1 to 100. If left out, a lossless WebP stays lossless. */
  readonly quality?: number | undefined;
}

/** The least and the greatest quality of a file. */
export const qualityRange = [1, 100] as const;

/**
 * Checks format, depth and quality of a file to be written; whether the format holds the depth is for the codec.
 *
 * @param others what format and depth may be besides their own values, such as `keep`.
 * @throws {KindlingError} `invalid-option`.
 */
export function requireEncoding<Other extends string = never>(
  {
    format,
    depth,
    quality,
  }: {
    readonly format?: PhotoFormat | Other | undefined;
    readonly depth?: SampleDepth | Other | undefined;
    readonly quality?: number | undefined;
  },
  ...others: readonly Other[]
): void {
  if (format !== undefined) requireOneOf("format", format, [...others, ...photoFormats]);
  if (depth !== undefined) requireOneOf("depth", depth, [...others, ...sampleDepths]);
  if (quality !== undefined) requireWholeNumber("quality", quality, ...qualityRange);
}

/** An encoded photo, and what its format could not keep. */
export interface EncodedPhoto {
  readonly bytes: Uint8Array;
  readonly leftOut: readonly (MetadataPart | "alpha")[];
  readonly format: PhotoFormat;
  /** Bits per sample in the file. */
  readonly depth: 8 | 12 | 16;
}

/** Port to what reads and writes photo files: sharp in Node, the browser's own decoders in a page. */
export interface Codec {
  /** @throws {KindlingError} `not-a-photo`, `unsupported`, `damaged` or `too-large`, with the file's name. */
  decode(bytes: Uint8Array, options: DecodeOptions): Promise<Photo>;
  /** @throws {KindlingError} `invalid-option` for options out of their ranges, or a depth the format cannot hold. */
  encode(photo: Photo, options: EncodeOptions): Promise<EncodedPhoto>;
}
