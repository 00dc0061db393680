import type { Photo, PhotoFormat, SampleDepth } from "../image/photo.ts";
import type { MetadataPart } from "../metadata/photo-metadata.ts";

/** How a photo file is read. */
export interface DecodeOptions {
  /** Name of the file, for error messages. */
  readonly name: string;
  /** Larger pictures are refused before their pixels are unpacked. Megapixels (1 = 1,000,000 pixels); 200 if not given. */
  readonly maxMegapixels?: number | undefined;
}

/** How a photo is written. What is not given is kept as the photo came. */
export interface EncodeOptions {
  readonly format?: PhotoFormat | undefined;
  /** Bits a sample. Formats that hold fewer than were kept hold what they can; asking them for more is an error. */
  readonly depth?: SampleDepth | undefined;
  /** Quality of JPEG, WebP and AVIF, 1 to 100. A WebP that came without loss is written without loss unless this is given. */
  readonly quality?: number | undefined;
}

/** An encoded photo, and what its format could not keep. */
export interface EncodedPhoto {
  readonly bytes: Uint8Array;
  readonly leftOut: readonly (MetadataPart | "alpha")[];
  readonly format: PhotoFormat;
  /** Bits a sample in the file. */
  readonly depth: 8 | 12 | 16;
}

/** What reads and writes photo files where Kindling runs: sharp in Node, the browser's own decoders in a page. */
export interface Codec {
  /** @throws {KindlingError} `not-a-photo`, `unsupported`, `damaged` or `too-large`, with the file's name. */
  decode(bytes: Uint8Array, options: DecodeOptions): Promise<Photo>;
  /** @throws {KindlingError} `invalid-option` for a depth the format cannot hold. */
  encode(photo: Photo, options: EncodeOptions): Promise<EncodedPhoto>;
}
