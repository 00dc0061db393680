import { exifWithoutPlace } from "./exif.ts";
import type { PhotoMetadata } from "./photo-metadata.ts";
import { xmpWithoutPlace } from "./xmp-without-place.ts";

/** Metadata without coordinates: they are removed from Exif and XMP, all else stays. */
export function withoutPlace(metadata: PhotoMetadata): PhotoMetadata {
  const { exif, xmp } = metadata;
  return { ...metadata, ...(exif && { exif: exifWithoutPlace(exif) }), ...(xmp && { xmp: xmpWithoutPlace(xmp) }) };
}
