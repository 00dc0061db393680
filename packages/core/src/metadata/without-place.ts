import { exifWithoutPlace, xmpWithoutPlace } from "./exif.ts";
import type { PhotoMetadata } from "./photo-metadata.ts";

/** Metadata that no longer tell where the photo was taken: coordinates are gone from Exif and XMP, all else stays. */
export function withoutPlace(metadata: PhotoMetadata): PhotoMetadata {
  const { exif, xmp } = metadata;
  return { ...metadata, ...(exif && { exif: exifWithoutPlace(exif) }), ...(xmp && { xmp: xmpWithoutPlace(xmp) }) };
}
