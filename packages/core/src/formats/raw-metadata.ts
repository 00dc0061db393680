import { asciiBytes, concatBytes, hasAscii, viewOf } from "../metadata/byte-list.ts";
import { resolutionOfExif } from "../metadata/exif-statements.ts";
import { isoBoxes } from "../metadata/iso-boxes.ts";
import { metadataOfJpeg } from "../metadata/jpeg.ts";
import type { PhotoMetadata } from "../metadata/photo-metadata.ts";
import { exifOfTiff } from "../metadata/tiff.ts";
import {
  directoryTags,
  firstDirectory,
  isLittleEndianTiff,
  type LooseField,
  layDirectory,
  liftFields,
} from "../metadata/tiff-directory.ts";
import type { DecodedSource } from "./decoded-source.ts";
import type { RawFacts } from "./libraw.ts";

const tags = {
  make: 0x010f,
  model: 0x0110,
  dateTime: 0x0132,
  xmp: 700,
  iptc: 33723,
  exposureTime: 0x829a,
  fNumber: 0x829d,
  filmSpeed: 0x8827,
  dateTimeOriginal: 0x9003,
  focalLength: 0x920a,
  makerNote: 0x927c,
  colourSpace: 0xa001,
} as const;

/** Largest Exif that fits a segment of JPEG with its prefix. */
const maxExifBytes = 65_000;

/**
 * The metadata of a raw, as an ordinary photo holds it, with notes for the user.
 *
 * Exif is gathered from where each maker keeps it; without any, it is made of what LibRaw knows. It says sRGB, as which the
 * raw is developed. A maker note too large for JPEG is left out, and so is XMP with the settings of a raw developer:
 * programs would apply them once more.
 */
export function metadataOfRaw(bytes: Uint8Array, facts: RawFacts): Pick<DecodedSource, "metadata" | "notes"> {
  const notes: string[] = [];
  const { exif: found, resolution } = exifOfRaw(bytes);
  const whole = asSrgb((found && fieldsOf(found)) ?? fieldsOfFacts(facts));
  let exif = layExif(whole);
  if (exif.length > maxExifBytes) {
    exif = layExif(mapExifDirectory(whole, (fields) => fields.filter(({ tag }) => tag !== tags.makerNote)));
    notes.push("its maker note is left out, because JPEG has no room for it");
  }
  const { xmp, iptc } = partsOfTiff(bytes);
  const isForDeveloper = xmp !== undefined && new TextDecoder().decode(xmp).includes("camera-raw-settings");
  if (isForDeveloper) notes.push("its XMP is left out, because it holds settings of a raw developer");
  const metadata: PhotoMetadata = {
    exif,
    ...(xmp && !isForDeveloper && { xmp }),
    ...(iptc && { iptc }),
    ...(resolution && { resolution }),
  };
  return { metadata, notes };
}

/** Exif, and the resolution where Exif was gathered from a TIFF, which leaves that out. */
function exifOfRaw(bytes: Uint8Array): Pick<PhotoMetadata, "exif" | "resolution"> {
  if (hasAscii(bytes, 0, "FUJIFILMCCD-RAW") && bytes.length >= 92) {
    const [at, length] = [84, 88].map((place) => viewOf(bytes).getUint32(place)) as [number, number];
    const { exif } = metadataOfJpeg(bytes.subarray(at, at + length));
    return { ...(exif && { exif }) };
  }
  const tiff = hasAscii(bytes, 4, "ftypcrx") ? tiffOfCr3(bytes) : asTiff(bytes);
  const exif = tiff && exifOfTiff(tiff);
  const resolution = tiff && resolutionOfExif(tiff);
  return { ...(exif && { exif }), ...(resolution && { resolution }) };
}

/** Olympus and Panasonic write TIFF files with a number of their own where TIFF has 42. */
function asTiff(bytes: Uint8Array): Uint8Array {
  if (!["IIRO", "IIRS", "MMOR", "IIU\0"].some((mark) => hasAscii(bytes, 0, mark))) return bytes;
  const tiff = new Uint8Array(bytes);
  viewOf(tiff).setUint16(2, 42, tiff[0] === 0x49);
  return tiff;
}

/** Canon's CR3 keeps each directory as a TIFF structure in a box of its own. Source: github.com/lclevy/canon_cr3. */
function tiffOfCr3(bytes: Uint8Array): Uint8Array | undefined {
  const film = isoBoxes(bytes).find(({ type }) => type === "moov");
  const canon = film && isoBoxes(film.body).find(({ type }) => type === "uuid");
  const boxes = canon ? isoBoxes(canon.body.subarray(16)) : [];
  const fieldsIn = (name: string) => {
    const box = boxes.find(({ type }) => type === name);
    return box && fieldsOf(box.body);
  };
  const [main, shot, place] = ["CMT1", "CMT2", "CMT4"].map(fieldsIn);
  if (!main) return undefined;
  const directories: LooseField[] = [
    ...(shot ? [{ tag: directoryTags.exif, directory: shot }] : []),
    ...(place ? [{ tag: directoryTags.gps, directory: place }] : []),
  ];
  return layExif([...main, ...directories]);
}

function fieldsOf(tiff: Uint8Array): LooseField[] | undefined {
  const little = isLittleEndianTiff(tiff);
  const main = little === undefined ? undefined : firstDirectory(tiff, little);
  return little === undefined || !main ? undefined : liftFields(tiff, main, little);
}

function layExif(fields: readonly LooseField[]): Uint8Array {
  return concatBytes(Uint8Array.of(0x49, 0x49, 42, 0, 8, 0, 0, 0), layDirectory(fields, 8, true));
}

/** XMP and IPTC of a raw that is a TIFF. */
function partsOfTiff(bytes: Uint8Array): Pick<PhotoMetadata, "xmp" | "iptc"> {
  const little = isLittleEndianTiff(bytes);
  const main = little === undefined ? undefined : firstDirectory(bytes, little);
  const partAt = (tag: number) => {
    const field = main?.fields.find((candidate) => candidate.tag === tag);
    return field && bytes.slice(field.valueAt, field.valueAt + field.valueBytes);
  };
  const [xmp, iptc] = [partAt(tags.xmp), partAt(tags.iptc)];
  return { ...(xmp && { xmp }), ...(iptc && { iptc }) };
}

/** The colour space a camera was set to is that of its own JPEG files. */
function asSrgb(fields: readonly LooseField[]): LooseField[] {
  return mapExifDirectory(fields, (shot) => [
    ...shot.filter(({ tag }) => tag !== tags.colourSpace && tag !== directoryTags.interoperability),
    shortField(tags.colourSpace, 1),
  ]);
}

function mapExifDirectory(
  fields: readonly LooseField[],
  change: (fields: readonly LooseField[]) => readonly LooseField[],
): LooseField[] {
  const shot = fields.find((field) => field.tag === directoryTags.exif);
  const directory = change(shot && "directory" in shot ? shot.directory : []);
  return [...fields.filter((field) => field !== shot), { tag: directoryTags.exif, directory }];
}

function fieldsOfFacts(facts: RawFacts): LooseField[] {
  const time = facts.timestamp > 0 ? exifTime(facts.timestamp) : undefined;
  const texts = [
    [tags.make, facts.camera_make],
    [tags.model, facts.camera_model],
    [tags.dateTime, time],
  ] as const;
  const shot = [
    ...(time ? [textField(tags.dateTimeOriginal, time)] : []),
    ...(facts.iso_speed > 0 && facts.iso_speed < 65536
      ? [shortField(tags.filmSpeed, Math.round(facts.iso_speed))]
      : []),
    ...(facts.shutter > 0 ? [ratioField(tags.exposureTime, facts.shutter)] : []),
    ...(facts.aperture > 0 ? [ratioField(tags.fNumber, facts.aperture)] : []),
    ...(facts.focal_len > 0 ? [ratioField(tags.focalLength, facts.focal_len)] : []),
  ];
  const main = texts.flatMap(([tag, text]) => (text ? [textField(tag, text)] : []));
  return [...main, { tag: directoryTags.exif, directory: shot }];
}

function exifTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replaceAll("-", ":").replace("T", " ");
}

function textField(tag: number, text: string): LooseField {
  return { tag, type: 2, value: asciiBytes(`${text}\0`), little: true };
}

function shortField(tag: number, value: number): LooseField {
  return { tag, type: 3, value: Uint8Array.of(value & 0xff, value >> 8), little: true };
}

/** Fractions of a second as 1/n, as cameras write them. */
function ratioField(tag: number, value: number): LooseField {
  const [above, below] = value < 1 ? [1000, Math.round(1000 / value)] : [Math.round(value * 1000), 1000];
  const bytes = new Uint8Array(8);
  viewOf(bytes).setUint32(0, above, true);
  viewOf(bytes).setUint32(4, below, true);
  return { tag, type: 5, value: bytes, little: true };
}
