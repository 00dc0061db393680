import { KindlingError } from "../errors.ts";
import { concatBytes, viewOf } from "./byte-list.ts";
import { resolutionFields } from "./exif-of-resolution.ts";
import { resolutionOfExif } from "./exif-statements.ts";
import { fitMetadata } from "./fit-metadata.ts";
import type { EmbeddedFile, FileMetadata, PhotoMetadata } from "./photo-metadata.ts";
import {
  directoryTags,
  firstDirectory,
  isLittleEndianTiff,
  type LooseField,
  layDirectory,
  liftFields,
} from "./tiff-directory.ts";

/** Where TIFF keeps the other parts, and the field type its readers expect: bytes, or bytes of undefined meaning. */
const partFields = [
  { part: "xmp", tag: 700, type: 1 },
  { part: "iptc", tag: 33723, type: 7 },
  { part: "icc", tag: 34675, type: 7 },
] as const;

/**
 * Fields of a TIFF's first directory that describe the photo and not its storage: description, make, model, software,
 * date, artist, rating, copyright, the Windows title to subject, and the Exif and GPS directories.
 */
const descriptiveTags = new Set<number>([
  0x010e,
  0x010f,
  0x0110,
  0x0131,
  0x0132,
  0x013b,
  0x4746,
  0x8298,
  directoryTags.exif,
  directoryTags.gps,
  0x9c9b,
  0x9c9c,
  0x9c9d,
  0x9c9e,
  0x9c9f,
]);

/**
 * The Exif of a TIFF file, which keeps it spread over its own directories, gathered as other formats hold it;
 * nothing where the file has none or is a BigTIFF.
 *
 * Departure: a maker note that points outside itself by absolute offsets loses its way, as in every such conversion.
 */
export function exifOfTiff(file: Uint8Array): Uint8Array | undefined {
  const little = isLittleEndianTiff(file);
  const main = little === undefined ? undefined : firstDirectory(file, little);
  if (little === undefined || !main) return undefined;
  const fields = liftFields(file, main, little).filter(({ tag }) => descriptiveTags.has(tag));
  if (fields.length === 0) return undefined;
  const header = Uint8Array.of(0x49, 0x49, 42, 0, 8, 0, 0, 0);
  return concatBytes(header, layDirectory(fields, 8, true));
}

/** The metadata a TIFF carries; nothing of a BigTIFF, and what is damaged or not there is left out. */
export function metadataOfTiff(file: Uint8Array): FileMetadata {
  const little = isLittleEndianTiff(file);
  const main = little === undefined ? undefined : firstDirectory(file, little);
  const parts = partFields.flatMap(({ part, tag }) => {
    const field = main?.fields.find((candidate) => candidate.tag === tag);
    return field ? [[part, file.slice(field.valueAt, field.valueAt + field.valueBytes)] as const] : [];
  });
  const exif = exifOfTiff(file);
  const resolution = resolutionOfExif(file);
  return { ...Object.fromEntries(parts), ...(exif && { exif }), ...(resolution && { resolution }) };
}

/**
 * Puts metadata into an encoded TIFF that has none: its first directory is rewritten at the end, with the
 * descriptive fields of the Exif, its Exif and GPS directories, XMP, IPTC, the colour profile and the resolution.
 *
 * Source: TIFF 6.0, TIFF/EP (ISO 12234-2), CIPA DC-008.
 *
 * @throws {KindlingError} `internal` if the bytes are not a classic TIFF.
 */
export function embedInTiff(file: Uint8Array, given: PhotoMetadata): EmbeddedFile {
  const { metadata, leftOut } = fitMetadata("tiff", given);
  const little = isLittleEndianTiff(file);
  const main = little === undefined ? undefined : firstDirectory(file, little);
  if (little === undefined || !main) throw new KindlingError("internal", "Not a TIFF to put metadata into.");
  const added: LooseField[] = metadata.exif ? describingFields(metadata.exif) : [];
  for (const { part, tag, type } of partFields) {
    const value = metadata[part];
    if (value) added.push({ tag, type, value, little });
  }
  added.push(...resolutionFields(metadata.resolution));
  const addedTags = new Set(added.map(({ tag }) => tag));
  const kept = liftFields(file, main, little).filter(({ tag }) => !addedTags.has(tag));
  const at = file.length + (file.length & 1);
  const bytes = concatBytes(file, new Uint8Array(file.length & 1), layDirectory([...kept, ...added], at, little));
  viewOf(bytes).setUint32(4, at, little);
  return { bytes, leftOut };
}

function describingFields(exif: Uint8Array): LooseField[] {
  const little = isLittleEndianTiff(exif);
  const main = little === undefined ? undefined : firstDirectory(exif, little);
  if (little === undefined || !main) return [];
  return liftFields(exif, main, little).filter(({ tag }) => descriptiveTags.has(tag));
}
