import type { PhotoMetadata } from "../metadata/photo-metadata.ts";
import type { Picture } from "./picture.ts";

/** File formats a photo is written in. */
export const photoFormats = ["jpeg", "png", "webp", "avif", "tiff"] as const;

/** A file format a photo is written in. */
export type PhotoFormat = (typeof photoFormats)[number];

/** Kinds of files photos are read from but not written in: camera raws, HEIC and other HEIF, JPEG XL, Windows bitmaps. */
export type SourceFormat = "raw" | "heic" | "jxl" | "bmp";

/** The values of `SampleDepth`. */
export const sampleDepths = [8, 16] as const;

/** Bits a sample has in a file; pixels are floats in between. */
export type SampleDepth = (typeof sampleDepths)[number];

/** A decoded photo: its pixels upright, and the metadata to write back with them. */
export interface Photo {
  readonly picture: Picture;
  readonly metadata: PhotoMetadata;
  /** Format it is written in by default: that of its file, if Kindling can write it. */
  readonly format: PhotoFormat;
  /** Kind of the file it came from, where none is written in that. */
  readonly source?: SourceFormat;
  /** Depth of the file it came from; AVIF and HEIC of 10 or 12 bits and raws count as 16. */
  readonly depth: SampleDepth;
  /** Whether its file was lossless. */
  readonly lossless: boolean;
  /** Changes made while decoding, for the user to read, such as a conversion from CMYK. */
  readonly notes: readonly string[];
}
