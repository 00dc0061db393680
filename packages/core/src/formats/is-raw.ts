import { hasAscii, viewOf } from "../metadata/byte-list.ts";
import { firstDirectory, isLittleEndianTiff, readDirectory, type TiffDirectory } from "../metadata/tiff-directory.ts";

/** Endings of raw files, without the dot, in small letters. */
export const rawEndings: ReadonlySet<string> = new Set(
  "3fr arw cr2 cr3 crw dcr dcs dng erf fff gpr iiq k25 kdc mef mos mrw nef nrw orf pef raf rw2 rwl sr2 srf srw x3f".split(
    " ",
  ),
);

/** How raws begin that are not TIFF files: Fujifilm, Canon CR3 and CRW, Sigma, Minolta, Olympus, Panasonic. */
const rawBeginnings = [
  { at: 0, text: "FUJIFILMCCD-RAW" },
  { at: 4, text: "ftypcrx" },
  { at: 6, text: "HEAPCCDR" },
  { at: 0, text: "FOVb" },
  { at: 0, text: "\0MRM" },
  { at: 0, text: "IIRO" },
  { at: 0, text: "IIRS" },
  { at: 0, text: "MMOR" },
  { at: 0, text: "IIU\0" },
];

/** JPEG, PNG, WebP, GIF, BMP, JPEG XL. */
const otherBeginnings = ["\xff\xd8\xff", "\x89PNG", "RIFF", "GIF8", "BM", "\xff\x0a", "\0\0\0\x0cJXL "];

const tags = { compression: 259, photometric: 262, subDirectories: 330, cfaPattern: 33422, dngVersion: 50706 };

/** Colour filter array; linear raw. Source: TIFF/EP (ISO 12234-2), DNG 1.7. */
const rawPhotometric = new Set([32803, 34892]);

/** Compressions that only cameras use: Sony, Samsung, Nikon, lossy DNG, Kodak, Pentax. */
const rawCompression = new Set([32767, 32770, 34713, 34892, 65000, 65535]);

/** Directories looked at: raws have fewer, and a hostile file may chain any number. */
const maxDirectories = 16;

/** Whether a file name ends as those of raws do. */
export function isRawName(name: string): boolean {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1];
  return ending !== undefined && rawEndings.has(ending.toLowerCase());
}

/**
 * Whether a file is a camera's raw. Most raws are TIFF files whose first picture is a small preview, so a reader of TIFF
 * would take that for the photo.
 */
export function isRaw(bytes: Uint8Array, name: string): boolean {
  if (rawBeginnings.some(({ at, text }) => hasAscii(bytes, at, text))) return true;
  // A file named as a raw is one unless it begins like another picture: damaged or not, it is refused as such.
  if (isRawName(name)) return !otherBeginnings.some((text) => hasAscii(bytes, 0, text)) && !hasAscii(bytes, 4, "ftyp");
  const little = isLittleEndianTiff(bytes);
  return little !== undefined && (hasAscii(bytes, 8, "CR\x02") || hasRawDirectory(bytes, little));
}

function hasRawDirectory(bytes: Uint8Array, little: boolean): boolean {
  const view = viewOf(bytes);
  const queue = [firstDirectory(bytes, little)];
  for (let i = 0; i < queue.length && i < maxDirectories; i++) {
    const directory = queue[i];
    if (!directory) continue;
    if (isRawDirectory(view, directory, little)) return true;
    const below = directory.fields.find(({ tag }) => tag === tags.subDirectories);
    for (let n = 0; below && n < Math.min(below.count, maxDirectories); n++) {
      queue.push(readDirectory(bytes, view.getUint32(below.valueAt + 4 * n, little), little));
    }
    queue.push(readDirectory(bytes, view.getUint32(directory.nextAt, little), little));
  }
  return false;
}

function isRawDirectory(view: DataView, { fields }: TiffDirectory, little: boolean): boolean {
  return fields.some(({ tag, valueAt, valueBytes }) => {
    if (tag === tags.dngVersion || tag === tags.cfaPattern) return true;
    if (valueBytes < 2) return false;
    const value = view.getUint16(valueAt, little);
    return (
      (tag === tags.photometric && rawPhotometric.has(value)) || (tag === tags.compression && rawCompression.has(value))
    );
  });
}
