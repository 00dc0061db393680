import { colourChannels, type Picture } from "../image/picture.ts";
import { adobeRgbCoding, type ColourCoding, codingOfCicp, srgbCoding } from "../metadata/colour-coding.ts";
import { exifOfUprightPicture } from "../metadata/exif.ts";
import { codingOfExif, resolutionOfExif } from "../metadata/exif-statements.ts";
import { type FileMetadata, gainMapNote, type PhotoMetadata } from "../metadata/photo-metadata.ts";
import { claimsOfXmp, xmpOfUprightPicture, xmpWithoutGainMap, xmpWithoutVideo } from "../metadata/xmp-claims.ts";
import { type StandardCoding, writeProfile } from "./icc-profile.ts";
import { areSrgbPrimaries } from "./primaries.ts";
import { toneMap } from "./tone-map.ts";
import { tagOf } from "./transfer.ts";

/** A picture with metadata that are true of it. */
export interface AdoptedPhoto {
  readonly picture: Picture;
  readonly metadata: PhotoMetadata;
  /** What was changed or left out, for the user to read. */
  readonly notes: readonly string[];
}

/**
 * Makes what a file says fit its picture, decoded and upright: the last step of every decoder.
 *
 * - Colour told without a profile (CICP, gAMA, Exif) becomes an equal profile; sRGB needs none but where Exif says Adobe
 *   RGB. PQ and HLG are brought to standard range by the rule of `toneMap`, and told.
 * - Orientation and pixel counts in Exif and XMP become those of the picture, thumbnails are removed.
 * - XMP loses its claims of a gain map, which fits only the photo as it was, and of a video that did not come along.
 *
 * @param size upright size of the photo in its file, in pixels: the picture may be a reduced one.
 */
export function adoptFileMetadata(
  picture: Picture,
  found: FileMetadata,
  size: { readonly width: number; readonly height: number } = picture,
): AdoptedPhoto {
  const { coding, notes: told = [], exif, xmp, icc, ...others } = found;
  const notes = new Set(told);
  const ofExif = exif && codingOfExif(exif);
  const colour = settleColour(picture, icc, coding ?? ofExif);
  // Readers would take sRGB without a profile for what its Exif says.
  const profile =
    colour.icc ??
    (ofExif === adobeRgbCoding ? writeProfile({ ...srgbCoding, curve: "srgb" }, colourChannels(picture)) : undefined);
  if (colour.note) notes.add(colour.note);
  const resolution = found.resolution ?? (exif && resolutionOfExif(exif));
  const packet = xmp && settleXmp(xmp, found, size, notes);
  return {
    picture: colour.picture,
    metadata: {
      ...others,
      ...(exif && { exif: exifOfUprightPicture(exif, size.width, size.height) }),
      ...(profile && { icc: profile }),
      ...(packet && { xmp: packet }),
      ...(resolution && { resolution }),
    },
    notes: [...notes],
  };
}

function settleColour(
  picture: Picture,
  icc: Uint8Array | undefined,
  coding: ColourCoding = srgbCoding,
): { picture: Picture; icc?: Uint8Array | undefined; note?: string } {
  const ofProfile = icc && highRangeOf(icc);
  if (icc && !ofProfile) return { picture, icc };
  const { primaries, curve } = ofProfile ?? coding;
  if (curve === "pq" || curve === "hlg") {
    return {
      picture: toneMap(picture, { primaries, curve }),
      icc: profileOf(picture, { primaries, curve: "srgb" }),
      note: `brought from ${curve.toUpperCase()} (HDR) to standard range: 203 cd/m2 and less as they are, highlights up to 1,000 cd/m2 drawn together`,
    };
  }
  return { picture, icc: profileOf(picture, { primaries, curve }) };
}

/** The coding that a profile tells by CICP where it is of high range. Source: ICC.1:2022, 9.2.17. */
function highRangeOf(icc: Uint8Array): ColourCoding | undefined {
  const tag = tagOf(icc, "cicp");
  const coding = tag && codingOfCicp(tag[8] ?? 0, tag[9] ?? 0);
  return coding?.curve === "pq" || coding?.curve === "hlg" ? coding : undefined;
}

/** sRGB is what all readers take a file without a profile for; of grey only the curve counts. */
function profileOf(picture: Picture, coding: StandardCoding): Uint8Array | undefined {
  const channels = colourChannels(picture);
  if (coding.curve === "srgb" && (channels === 1 || areSrgbPrimaries(coding.primaries))) return undefined;
  return writeProfile(coding, channels);
}

function settleXmp(
  xmp: Uint8Array,
  { video }: FileMetadata,
  { width, height }: { width: number; height: number },
  notes: Set<string>,
): Uint8Array {
  const claims = claimsOfXmp(xmp);
  let packet = xmpWithoutGainMap(xmpOfUprightPicture(xmp, width, height));
  if (claims.gainMap) notes.add(gainMapNote);
  if (claims.video && !video) {
    packet = xmpWithoutVideo(packet);
    notes.add("the video of this motion photo is left out");
  }
  return packet;
}
