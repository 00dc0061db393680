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

/** A camera writes one place; entries beyond these are taken out without what they point to. */
const mostPlaces = 4;

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
    const places = main.fields
      .filter(({ tag }) => tag === directoryTags.gps)
      .map(({ valueAt }) => viewOf(exif).getUint32(valueAt, little));
    const blanked: (readonly [from: number, to: number])[] = [];
    for (const at of [...new Set(places)].slice(0, mostPlaces)) {
      const place = readDirectory(exif, at, little);
      if (!place) continue;
      blanked.push([place.at, place.nextAt + 4]);
      for (const { valueAt, valueBytes } of place.fields) blanked.push([valueAt, valueAt + valueBytes]);
    }
    let end = 0;
    // In order, so that values that lie over one another are overwritten once.
    for (const [from, to] of blanked.sort(([a], [b]) => a - b)) {
      bytes.fill(0, Math.max(from, end), Math.max(to, end));
      end = Math.max(to, end);
    }
    // Last, because a hostile place may lie over the main directory.
    copyEntries(exif, bytes, little, main, directoryTags.gps);
  });
}

/** Writes the entries of a directory but those of one tag, moved up, with the pointer behind them. */
function copyEntries(
  from: Uint8Array,
  to: Uint8Array,
  little: boolean,
  { at, nextAt }: TiffDirectory,
  without: number,
): void {
  let end = at + 2;
  for (let entryAt = at + 2; entryAt < nextAt; entryAt += 12) {
    if (viewOf(from).getUint16(entryAt, little) === without) continue;
    to.set(from.subarray(entryAt, entryAt + 12), end);
    end += 12;
  }
  to.set(from.subarray(nextAt, nextAt + 4), end);
  to.fill(0, end + 4, nextAt + 4);
  viewOf(to).setUint16(at, (end - at - 2) / 12, little);
}

function editDirectory(
  exif: Uint8Array,
  edit: (bytes: Uint8Array, little: boolean, main: TiffDirectory) => void,
): Uint8Array {
  const little = isLittleEndianTiff(exif);
  const main = little === undefined ? undefined : firstDirectory(exif, little);
  if (little === undefined || !main) return exif;
  // Not slice: of a Buffer of Node that is the same memory, and the file would be changed.
  const bytes = new Uint8Array(exif);
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
