import type { ColourCoding } from "./colour-coding.ts";

/** Pixels per inch, along and across. */
export interface Resolution {
  readonly x: number;
  readonly y: number;
}

/** One text of a PNG, such as its author or copyright. */
export interface PngText {
  readonly keyword: string;
  readonly text: string;
  /** Type of its chunk and the bytes in it. */
  readonly type: "tEXt" | "zTXt" | "iTXt";
  readonly data: Uint8Array;
}

/**
 * The metadata of a photo file, most parts as the raw bytes of their own standard.
 *
 * The bytes are not interpreted, so what Kindling does not know, such as a camera's maker note, stays intact.
 */
export interface PhotoMetadata {
  /** Camera, lens, time and place: a TIFF structure from its byte-order mark on, without the `Exif` prefix of JPEG. */
  readonly exif?: Uint8Array;
  /** Colour profile (ICC.1). */
  readonly icc?: Uint8Array;
  /** XMP packet: RDF as XML in UTF-8. */
  readonly xmp?: Uint8Array;
  /** The rest of an XMP packet that is larger than a segment of JPEG; `xmp` names it by `xmpNote:HasExtendedXMP`. */
  readonly extendedXmp?: Uint8Array;
  /** IPTC-IIM data sets, without the Photoshop resource around them. */
  readonly iptc?: Uint8Array;
  /** What the file itself says, as in JFIF or pHYs; Exif has its own. */
  readonly resolution?: Resolution;
  /** Texts of a PNG besides XMP. */
  readonly text?: readonly PngText[];
  /** The video of a motion photo, as it stands behind the picture to the end of the file; `xmp` names it. */
  readonly video?: Uint8Array;
}

/** The parts of the metadata by name. */
export type MetadataPart = keyof PhotoMetadata;

/** What a file holds beside its pixels, before `adoptFileMetadata` makes it fit an upright picture. */
export interface FileMetadata extends PhotoMetadata {
  /** Colour told without a profile; where a format ranks it below the profile, only without one. */
  readonly coding?: ColourCoding;
  /** Parts behind or beside the picture that are not carried over, as sentences for the user. */
  readonly notes?: readonly string[];
}

/** An encoded file with metadata put in, and the parts its format has no room for. */
export interface EmbeddedFile {
  readonly bytes: Uint8Array;
  readonly leftOut: readonly MetadataPart[];
}

/** What the parts of a photo are called in messages. */
export const partNames: Readonly<Record<MetadataPart | "alpha", string>> = {
  exif: "Exif",
  icc: "colour profile",
  xmp: "XMP",
  extendedXmp: "extended XMP",
  iptc: "IPTC",
  resolution: "resolution",
  text: "PNG texts",
  video: "video",
  alpha: "transparency",
};

/** Told where a gain map is left out: it fits only the picture it was made for. */
export const gainMapNote = "its HDR gain map is left out, because it was made for the photo as it was";
