import type { PhotoMetadata } from "../metadata/photo-metadata.ts";
import type { Picture } from "./picture.ts";

/** File formats a photo is written in. */
export const photoFormats = ["jpeg", "png", "webp", "avif", "tiff"] as const;

/** A file format a photo is written in. */
export type PhotoFormat = (typeof photoFormats)[number];

/** Bits a sample has in a file; pixels are floats in between. */
export type SampleDepth = 8 | 16;

/** A photo as it came from a file: its pixels upright, and all that must go back with them. */
export interface Photo {
  readonly picture: Picture;
  readonly metadata: PhotoMetadata;
  /** Format it is written in when nobody asks for another: the one it came in, where Kindling can write it. */
  readonly format: PhotoFormat;
  /** Depth of the file it came from; AVIF of 10 or 12 bits counts as 16. */
  readonly depth: SampleDepth;
  /** Whether the file it came from held its pixels without loss. */
  readonly lossless: boolean;
  /** What had to be changed on the way in, for the person to know: a conversion from CMYK, say. */
  readonly notes: readonly string[];
}
