import { hasAscii, viewOf } from "./byte-list.ts";
import { adobeRgbCoding, type ColourCoding, srgbCoding } from "./colour-coding.ts";
import type { Resolution } from "./photo-metadata.ts";
import {
  directoryTags,
  firstDirectory,
  isLittleEndianTiff,
  readDirectory,
  type TiffDirectory,
} from "./tiff-directory.ts";

const tags = { xResolution: 0x011a, yResolution: 0x011b, resolutionUnit: 0x0128, colourSpace: 0xa001, interop: 1 };

/** A directory of a TIFF structure, with what is needed to read values of it. */
interface OpenDirectory {
  readonly bytes: Uint8Array;
  readonly little: boolean;
  readonly directory: TiffDirectory;
}

/**
 * The colours that Exif tells: sRGB or Adobe RGB, the one by ColorSpace 1 or the interoperability index R98, the other by
 * the index R03 or by ColorSpace 2, which some cameras write. Undefined where it tells neither.
 *
 * Source: CIPA DC-008 (Exif), A001; CIPA DC-009 (DCF), which defines R03.
 */
export function codingOfExif(exif: Uint8Array): ColourCoding | undefined {
  const main = openFirst(exif);
  const shot = main && openBelow(main, directoryTags.exif);
  if (!shot) return undefined;
  const interop = openBelow(shot, directoryTags.interoperability);
  const index = interop?.directory.fields.find(({ tag, type }) => tag === tags.interop && type === 2);
  if (index && hasAscii(exif, index.valueAt, "R03")) return adobeRgbCoding;
  const space = numberOf(shot, tags.colourSpace);
  if (space === 2) return adobeRgbCoding;
  return space === 1 || (index && hasAscii(exif, index.valueAt, "R98")) ? srgbCoding : undefined;
}

/** Exif without the prefix of JPEG. */
export function withoutExifPrefix(exif: Uint8Array): Uint8Array {
  return hasAscii(exif, 0, "Exif\0\0") ? exif.subarray(6) : exif;
}

/** The resolution in the first directory of Exif or of a TIFF; undefined where it has none or only proportions. */
export function resolutionOfExif(exif: Uint8Array): Resolution | undefined {
  const main = openFirst(exif);
  if (!main) return undefined;
  const unit = numberOf(main, tags.resolutionUnit) ?? 2;
  return resolutionOf(rationalOf(main, tags.xResolution), rationalOf(main, tags.yResolution), unit === 3 ? 2.54 : 1, {
    isKnown: unit === 2 || unit === 3,
  });
}

/** Pixels per inch of numbers in another unit; undefined where they are none. What is whole but for rounding is whole. */
export function resolutionOf(
  x: number | undefined,
  y: number | undefined,
  toInches: number,
  { isKnown }: { isKnown: boolean },
): Resolution | undefined {
  if (!isKnown || !x || !y || !Number.isFinite(x) || !Number.isFinite(y)) return undefined;
  const inches = (value: number) => {
    const exact = value * toInches;
    return Math.abs(exact - Math.round(exact)) < 0.013 ? Math.round(exact) : exact;
  };
  return { x: inches(x), y: inches(y) };
}

function openFirst(bytes: Uint8Array): OpenDirectory | undefined {
  const little = isLittleEndianTiff(bytes);
  const directory = little === undefined ? undefined : firstDirectory(bytes, little);
  return little === undefined || !directory ? undefined : { bytes, little, directory };
}

function openBelow({ bytes, little, directory }: OpenDirectory, tag: number): OpenDirectory | undefined {
  const entry = directory.fields.find((field) => field.tag === tag && field.valueBytes === 4);
  const below = entry && readDirectory(bytes, viewOf(bytes).getUint32(entry.valueAt, little), little);
  return below && { bytes, little, directory: below };
}

/** A SHORT or LONG. */
function numberOf({ bytes, little, directory }: OpenDirectory, tag: number): number | undefined {
  const field = directory.fields.find((candidate) => candidate.tag === tag);
  if (field?.type === 3) return viewOf(bytes).getUint16(field.valueAt, little);
  return field?.type === 4 ? viewOf(bytes).getUint32(field.valueAt, little) : undefined;
}

function rationalOf({ bytes, little, directory }: OpenDirectory, tag: number): number | undefined {
  const field = directory.fields.find((candidate) => candidate.tag === tag && candidate.type === 5);
  if (!field) return undefined;
  const view = viewOf(bytes);
  return view.getUint32(field.valueAt, little) / view.getUint32(field.valueAt + 4, little);
}
