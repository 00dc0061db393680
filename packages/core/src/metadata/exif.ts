import { viewOf } from "./byte-list.ts";
import {
  directoryTags,
  firstDirectory,
  isLittleEndianTiff,
  readDirectory,
  type TiffDirectory,
  type TiffField,
} from "./tiff-directory.ts";

const orientationTag = 0x0112;
const pixelWidthTag = 0xa002;
const pixelHeightTag = 0xa003;

/**
 * Exif for a picture whose orientation has been applied: the orientation tag says upright, the pixel counts are the
 * picture's, and the embedded thumbnail, which shows the old picture, is cut off.
 *
 * All else stays where it was, byte for byte, so that maker notes with offsets of their own keep working. Exif that
 * cannot be understood comes back unchanged. Source: CIPA DC-008.
 */
export function exifOfUprightPicture(exif: Uint8Array, width: number, height: number): Uint8Array {
  return editDirectory(exif, (bytes, little, main) => {
    writeNumber(bytes, little, field(main, orientationTag), 1);
    const shot = directoryBelow(bytes, little, main, directoryTags.exif);
    writeNumber(bytes, little, shot && field(shot, pixelWidthTag), width);
    writeNumber(bytes, little, shot && field(shot, pixelHeightTag), height);
    viewOf(bytes).setUint32(main.nextAt, 0);
  });
}

/** Exif without its GPS directory: the entry is taken out and every value of it overwritten with zeros. */
export function exifWithoutPlace(exif: Uint8Array): Uint8Array {
  return editDirectory(exif, (bytes, little, main) => {
    const entry = field(main, directoryTags.gps);
    if (!entry) return;
    const place = directoryBelow(bytes, little, main, directoryTags.gps);
    for (const { valueAt, valueBytes } of place?.fields ?? []) bytes.fill(0, valueAt, valueAt + valueBytes);
    if (place) bytes.fill(0, place.at, place.nextAt + 4);
    // The entries behind it and the pointer to the next directory move up; the last twelve bytes become unused.
    bytes.copyWithin(entry.entryAt, entry.entryAt + 12, main.nextAt + 4);
    bytes.fill(0, main.nextAt + 4 - 12, main.nextAt + 4);
    const count = viewOf(bytes).getUint16(main.at, little);
    viewOf(bytes).setUint16(main.at, count - 1, little);
  });
}

/**
 * XMP without coordinates: every attribute and element whose name begins with GPS is taken out, whatever its
 * namespace (Exif's and the drone makers' alike). Place names somebody typed in stay.
 */
export function xmpWithoutPlace(xmp: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(xmp);
  const stripped = text
    .replaceAll(/<([\w-]+:GPS\w*)\b[^>]*?(?:\/>|>[\s\S]*?<\/\1\s*>)/gi, "")
    .replaceAll(/\s[\w-]+:GPS\w*\s*=\s*(?:"[^"]*"|'[^']*')/gi, "");
  return stripped === text ? xmp : new TextEncoder().encode(stripped);
}

function editDirectory(
  exif: Uint8Array,
  edit: (bytes: Uint8Array, little: boolean, main: TiffDirectory) => void,
): Uint8Array {
  const little = isLittleEndianTiff(exif);
  const main = little === undefined ? undefined : firstDirectory(exif, little);
  if (little === undefined || !main) return exif;
  const bytes = exif.slice();
  edit(bytes, little, main);
  return bytes;
}

function field(directory: TiffDirectory, tag: number): TiffField | undefined {
  return directory.fields.find((candidate) => candidate.tag === tag);
}

function directoryBelow(
  bytes: Uint8Array,
  little: boolean,
  main: TiffDirectory,
  tag: number,
): TiffDirectory | undefined {
  const entry = field(main, tag);
  return entry && readDirectory(bytes, viewOf(bytes).getUint32(entry.valueAt, little), little);
}

/** Overwrites a SHORT or LONG; other types are left alone. */
function writeNumber(bytes: Uint8Array, little: boolean, target: TiffField | undefined, value: number): void {
  if (target?.type === 3) viewOf(bytes).setUint16(target.valueAt, value, little);
  if (target?.type === 4) viewOf(bytes).setUint32(target.valueAt, value, little);
}
