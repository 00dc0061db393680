import { exifWithoutPlace } from "./exif.ts";
import type { PhotoMetadata } from "./photo-metadata.ts";
import { xmpWithoutVideo } from "./xmp-claims.ts";
import { xmpWithoutPlace } from "./xmp-without-place.ts";

/**
 * Metadata without coordinates: they are removed from Exif and XMP, all else stays but the video of a motion photo, which
 * holds coordinates of its own.
 */
export function withoutPlace(metadata: PhotoMetadata): PhotoMetadata {
  const { video, ...others } = metadata;
  const { exif, extendedXmp } = others;
  const xmp = video && others.xmp ? xmpWithoutVideo(others.xmp) : others.xmp;
  return {
    ...others,
    ...(exif && { exif: exifWithoutPlace(exif) }),
    ...(xmp && { xmp: xmpWithoutPlace(xmp) }),
    ...(extendedXmp && { extendedXmp: xmpWithoutPlace(extendedXmp) }),
  };
}
