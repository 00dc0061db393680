import { exifOfResolution } from "./exif-of-resolution.ts";
import { resolutionOfExif } from "./exif-statements.ts";
import { joinXmp, splitXmp } from "./extended-xmp.ts";
import type { MetadataPart, PhotoMetadata } from "./photo-metadata.ts";
import { xmpOfTexts } from "./text-xmp.ts";
import { xmpWithoutVideo } from "./xmp-claims.ts";

/** Formats by what they hold besides Exif, profile and XMP. */
const holds = {
  jpeg: { iptc: true, resolution: true, text: false, video: true, pieces: true },
  png: { iptc: true, resolution: true, text: true, video: false, pieces: false },
  tiff: { iptc: true, resolution: true, text: false, video: false, pieces: false },
  webp: { iptc: false, resolution: false, text: false, video: false, pieces: false },
  avif: { iptc: false, resolution: false, text: false, video: false, pieces: false },
} as const;

/** Most bytes of XMP that a segment of JPEG holds behind its prefix. Source: XMP part 3, 1.1.3. */
const largestPacket = 65502;

/** A format that metadata are put into. */
export type MetadataFormat = keyof typeof holds;

/**
 * Brings metadata into the parts that a format has: extended XMP into the packet itself, texts of PNG into XMP, the
 * resolution into Exif. What then has no place is left out and named; XMP no longer claims a video that is left out.
 */
export function fitMetadata(
  format: MetadataFormat,
  metadata: PhotoMetadata,
): { readonly metadata: PhotoMetadata; readonly leftOut: readonly MetadataPart[] } {
  const place = holds[format];
  const leftOut: MetadataPart[] = [];
  let { exif, icc, xmp, extendedXmp, iptc, resolution, text, video } = metadata;
  if (xmp && extendedXmp && !place.pieces) {
    xmp = joinXmp(xmp, extendedXmp);
    extendedXmp = undefined;
  }
  if (text && !place.text) {
    const described = xmpOfTexts(text, xmp);
    if (!described.isComplete) leftOut.push("text");
    xmp = described.xmp;
    text = undefined;
  }
  if (video && !place.video) {
    leftOut.push("video");
    xmp = xmp && xmpWithoutVideo(xmp);
    video = undefined;
  }
  if (xmp && place.pieces && xmp.length > largestPacket) {
    ({ xmp, extendedXmp } = splitXmp(extendedXmp ? joinXmp(xmp, extendedXmp) : xmp));
  }
  if (resolution && !place.resolution) {
    if (!exif) exif = exifOfResolution(resolution);
    else if (!resolutionOfExif(exif)) leftOut.push("resolution");
    resolution = undefined;
  }
  if (iptc && !place.iptc) {
    leftOut.push("iptc");
    iptc = undefined;
  }
  return {
    metadata: {
      ...(exif && { exif }),
      ...(icc && { icc }),
      ...(xmp && { xmp }),
      ...(extendedXmp && { extendedXmp }),
      ...(iptc && { iptc }),
      ...(resolution && { resolution }),
      ...(text && { text }),
      ...(video && { video }),
    },
    leftOut,
  };
}
