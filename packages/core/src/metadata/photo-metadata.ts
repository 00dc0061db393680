/**
 * The metadata of a photo file, each part as the raw bytes of its own standard.
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
  /** IPTC-IIM data sets, without the Photoshop resource around them. */
  readonly iptc?: Uint8Array;
}

/** The parts of the metadata by name. */
export type MetadataPart = keyof PhotoMetadata;

/** An encoded file with metadata put in, and the parts its format has no room for. */
export interface EmbeddedFile {
  readonly bytes: Uint8Array;
  readonly leftOut: readonly MetadataPart[];
}
