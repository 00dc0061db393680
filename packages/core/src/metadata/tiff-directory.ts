import { viewOf } from "./byte-list.ts";

/** Bytes of one value of each TIFF field type; a type that is not here is not understood. */
const typeBytes: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
};

/** Directories nested deeper than this are not a photo's. */
const maxDepth = 4;

/** Tags whose value is the place of another directory: Exif, GPS, interoperability. */
export const directoryTags = { exif: 0x8769, gps: 0x8825, interoperability: 0xa005 } as const;

/** One field of a TIFF directory as it lies in the file. */
export interface TiffField {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Where its 12-byte entry begins. */
  readonly entryAt: number;
  /** Where its value begins: in the entry itself if it fits 4 bytes. */
  readonly valueAt: number;
  readonly valueBytes: number;
}

/** A TIFF directory as it lies in the file. */
export interface TiffDirectory {
  /** Where its field count stands. */
  readonly at: number;
  readonly fields: readonly TiffField[];
  /** Where the offset of the next directory stands. */
  readonly nextAt: number;
}

/** The byte order of a TIFF structure, or nothing if the bytes are not one. */
export function isLittleEndianTiff(bytes: Uint8Array): boolean | undefined {
  if (bytes.length < 8) return undefined;
  const order = viewOf(bytes).getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return undefined;
  const little = order === 0x4949;
  return viewOf(bytes).getUint16(2, little) === 42 ? little : undefined;
}

/** Reads the directory at an offset; fields that point outside the bytes are left out, a damaged directory is nothing. */
export function readDirectory(bytes: Uint8Array, at: number, little: boolean): TiffDirectory | undefined {
  const view = viewOf(bytes);
  if (at < 8 || at + 2 > bytes.length) return undefined;
  const count = view.getUint16(at, little);
  const nextAt = at + 2 + count * 12;
  if (nextAt + 4 > bytes.length) return undefined;
  const fields: TiffField[] = [];
  for (let entryAt = at + 2; entryAt < nextAt; entryAt += 12) {
    const type = view.getUint16(entryAt + 2, little);
    const values = view.getUint32(entryAt + 4, little);
    const valueBytes = (typeBytes[type] ?? 0) * values;
    const valueAt = valueBytes <= 4 ? entryAt + 8 : view.getUint32(entryAt + 8, little);
    if (valueBytes === 0 || valueAt + valueBytes > bytes.length) continue;
    fields.push({ tag: view.getUint16(entryAt, little), type, count: values, entryAt, valueAt, valueBytes });
  }
  return { at, fields, nextAt };
}

/** The first directory of a TIFF structure. */
export function firstDirectory(bytes: Uint8Array, little: boolean): TiffDirectory | undefined {
  return readDirectory(bytes, viewOf(bytes).getUint32(4, little), little);
}

/** A field lifted out of its file: its value, or the fields of the directory it points to. */
export type LooseField =
  | { readonly tag: number; readonly type: number; readonly value: Uint8Array; readonly little: boolean }
  | { readonly tag: number; readonly directory: readonly LooseField[] };

/** What lifting may still take from a file; without it directories that point to one another multiply without end. */
interface LiftBudget {
  /** Directories that were lifted already, by their place. */
  readonly visited: Set<number>;
  fields: number;
  valueBytes: number;
}

/**
 * Lifts the fields of a directory, with the directories below it, out of their file.
 *
 * Every directory is lifted once. Fields and values beyond what the file has room for, which only happens where they lie
 * over one another, are left out: time and result stay in proportion to the file.
 */
export function liftFields(bytes: Uint8Array, directory: TiffDirectory, little: boolean): LooseField[] {
  const budget = { visited: new Set([directory.at]), fields: bytes.length / 12, valueBytes: bytes.length };
  return liftWithin(budget, bytes, directory, little, 0);
}

function liftWithin(
  budget: LiftBudget,
  bytes: Uint8Array,
  { fields }: TiffDirectory,
  little: boolean,
  depth: number,
): LooseField[] {
  const lifted: LooseField[] = [];
  budget.fields -= fields.length;
  if (budget.fields < 0) return lifted;
  for (const { tag, type, valueAt, valueBytes } of fields) {
    if (isDirectoryTag(tag)) {
      const at = viewOf(bytes).getUint32(valueAt, little);
      if (depth >= maxDepth || budget.visited.has(at)) continue;
      budget.visited.add(at);
      const below = readDirectory(bytes, at, little);
      if (below) lifted.push({ tag, directory: liftWithin(budget, bytes, below, little, depth + 1) });
    } else if (valueBytes <= budget.valueBytes) {
      budget.valueBytes -= valueBytes;
      lifted.push({ tag, type, value: bytes.slice(valueAt, valueAt + valueBytes), little });
    }
  }
  return lifted;
}

function isDirectoryTag(tag: number): boolean {
  return tag === directoryTags.exif || tag === directoryTags.gps || tag === directoryTags.interoperability;
}

/**
 * The bytes of a directory that will stand at `at`, followed by its values and the directories below it.
 * It is the last of its chain. Numbers are turned to the wanted byte order.
 */
export function layDirectory(fields: readonly LooseField[], at: number, little: boolean): Uint8Array {
  const sorted = fields.toSorted((a, b) => a.tag - b.tag);
  const tail: Uint8Array[] = [];
  let tailAt = at + 2 + sorted.length * 12 + 4;
  const table = new Uint8Array(tailAt - at);
  const view = viewOf(table);
  view.setUint16(0, sorted.length, little);
  const append = (bytes: Uint8Array): number => {
    const place = tailAt;
    tail.push(bytes, new Uint8Array(bytes.length & 1));
    tailAt += bytes.length + (bytes.length & 1);
    return place;
  };
  sorted.forEach((field, index) => {
    const entryAt = 2 + index * 12;
    view.setUint16(entryAt, field.tag, little);
    if ("directory" in field) {
      view.setUint16(entryAt + 2, 4, little);
      view.setUint32(entryAt + 4, 1, little);
      view.setUint32(entryAt + 8, append(layDirectory(field.directory, tailAt, little)), little);
      return;
    }
    const value = field.little === little ? field.value : withSwappedBytes(field.value, field.type);
    view.setUint16(entryAt + 2, field.type, little);
    view.setUint32(entryAt + 4, value.length / (typeBytes[field.type] ?? 1), little);
    if (value.length <= 4) table.set(value, entryAt + 8);
    else view.setUint32(entryAt + 8, append(value), little);
  });
  const whole = new Uint8Array(tailAt - at);
  whole.set(table);
  let offset = table.length;
  for (const part of tail) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Turns every number of a value to the other byte order; a rational is two numbers of four bytes. */
function withSwappedBytes(value: Uint8Array, type: number): Uint8Array {
  const unit = type === 5 || type === 10 ? 4 : (typeBytes[type] ?? 1);
  const swapped = new Uint8Array(value);
  for (let at = 0; at + unit <= swapped.length; at += unit) swapped.subarray(at, at + unit).reverse();
  return swapped;
}
