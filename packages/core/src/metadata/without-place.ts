import { exifWithoutPlace, xmpWithoutPlace } from "./exif.ts";
import type { PhotoMetadata } from "./photo-metadata.ts";

/** Metadata without coordinates: they are removed from Exif and XMP, all else stays. */
export function withoutPlace(metadata: PhotoMetadata): PhotoMetadata {
  const { exif, xmp } = metadata;
  return { ...metadata, ...(exif && { exif: exifWithoutPlace(exif) }), ...(xmp && { xmp: xmpWithoutPlace(xmp) }) };
}
