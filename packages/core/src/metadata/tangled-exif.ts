import { viewOf } from "./byte-list.ts";
import {
  directoryTags,
  firstDirectory,
  isLittleEndianTiff,
  readDirectory,
  type TiffDirectory,
} from "./tiff-directory.ts";

/** Fields that a reader would meet which visits directories as often as they are pointed to; photos have some hundred. */
const mostFields = 5000;

/** Deeper than this no reader follows. */
const maxDepth = 8;

const pointers = new Set<number>(Object.values(directoryTags));

/**
 * The file without Exif that would keep its decoder busy for minutes: libexif reads directories again each time that another
 * one points to them. Such Exif loses its byte-order mark, so that decoders pass over it. Other files come back as they are,
 * TIFF files too, whose directories are their pictures.
 */
export function withoutTangledExif(file: Uint8Array): Uint8Array {
  if (isLittleEndianTiff(file) !== undefined) return file;
  let mended: Uint8Array | undefined;
  // Wherever it stands, in a segment of a JPEG, a chunk or an item, Exif begins with a byte-order mark and 42.
  for (let at = 1; at + 8 <= file.length; at++) {
    const first = file[at];
    if ((first !== 0x49 && first !== 0x4d) || file[at + 1] !== first) continue;
    if (isLittleEndianTiff(file.subarray(at, at + 8)) === undefined || !isTangled(file.subarray(at))) continue;
    // A copy even of a Buffer, whose slice is a view.
    mended ??= new Uint8Array(file);
    mended.fill(0, at, at + 4);
  }
  return mended ?? file;
}

function isTangled(exif: Uint8Array): boolean {
  const little = isLittleEndianTiff(exif) ?? true;
  const main = firstDirectory(exif, little);
  if (!main) return false;
  const view = viewOf(exif);
  const next = readDirectory(exif, view.getUint32(main.nextAt, little), little);
  const waiting: { directory: TiffDirectory; depth: number }[] = [{ directory: main, depth: 0 }];
  if (next) waiting.push({ directory: next, depth: 0 });
  let fields = 0;
  for (let known = waiting.pop(); known; known = waiting.pop()) {
    for (const { tag, valueAt } of known.directory.fields) {
      if (++fields > mostFields) return true;
      if (!pointers.has(tag) || known.depth >= maxDepth) continue;
      const below = readDirectory(exif, view.getUint32(valueAt, little), little);
      if (!below) continue;
      // Counted at once, since reading it took as long.
      fields += below.fields.length;
      waiting.push({ directory: below, depth: known.depth + 1 });
    }
  }
  return false;
}
