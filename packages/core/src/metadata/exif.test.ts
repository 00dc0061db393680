import fc from "fast-check";
import { expect, test } from "vitest";
import { asciiBytes, concatBytes, viewOf } from "./byte-list.ts";
import { exifOfUprightPicture, exifWithoutPlace } from "./exif.ts";
import {
  directoryTags,
  firstDirectory,
  isLittleEndianTiff,
  type LooseField,
  layDirectory,
  liftFields,
} from "./tiff-directory.ts";

const ascii = (tag: number, text: string): LooseField => ({
  tag,
  type: 2,
  value: asciiBytes(`${text}\0`),
  little: true,
});
const short = (tag: number, value: number): LooseField => ({
  tag,
  type: 3,
  value: Uint8Array.of(value & 255, value >> 8),
  little: true,
});

/** Exif in either byte order: make, orientation 6, software, a shot of 40 x 30 with a maker note, a place. */
function sampleExif(little: boolean): Uint8Array {
  const fields: LooseField[] = [
    ascii(0x010f, "Kindling"),
    short(0x0112, 6),
    ascii(0x0131, "v1"),
    {
      tag: directoryTags.exif,
      directory: [
        short(0xa002, 40),
        short(0xa003, 30),
        { tag: 0x927c, type: 7, value: asciiBytes("maker's own"), little: true },
      ],
    },
    {
      tag: directoryTags.gps,
      directory: [ascii(1, "N"), { tag: 2, type: 5, value: Uint8Array.of(51, 0, 0, 0, 1, 0, 0, 0), little: true }],
    },
  ];
  const header = new Uint8Array(8);
  header.set(asciiBytes(little ? "II" : "MM"));
  viewOf(header).setUint16(2, 42, little);
  viewOf(header).setUint32(4, 8, little);
  return concatBytes(header, layDirectory(fields, 8, little));
}

function fieldsOf(exif: Uint8Array): Map<number, unknown> {
  const little = isLittleEndianTiff(exif);
  const main = little === undefined ? undefined : firstDirectory(exif, little);
  if (little === undefined || !main) throw new Error("not Exif");
  const flat = (fields: readonly LooseField[]): [number, unknown][] =>
    fields.flatMap((field): [number, unknown][] =>
      "directory" in field ? [[field.tag, "directory"], ...flat(field.directory)] : [[field.tag, [...field.value]]],
    );
  return new Map(flat(liftFields(exif, main, little)));
}

test.each([true, false])(
  "an upright picture's Exif says so, with its own pixel counts (little-endian: %s)",
  (little) => {
    const before = sampleExif(little);
    const after = exifOfUprightPicture(before, 30, 40);
    const number = (value: number) => (little ? [value, 0] : [0, value]);
    expect(fieldsOf(after)).toEqual(
      new Map([...fieldsOf(before), [0x0112, number(1)], [0xa002, number(30)], [0xa003, number(40)]]),
    );
    expect(after.length).toBe(before.length);
  },
);

test("the old picture's thumbnail is cut off", () => {
  const exif = sampleExif(true);
  const main = firstDirectory(exif, true);
  if (!main) throw new Error("not Exif");
  viewOf(exif).setUint32(main.nextAt, 8, true);
  expect(viewOf(exifOfUprightPicture(exif, 1, 1)).getUint32(main.nextAt, true)).toBe(0);
});

test.each([true, false])(
  "without its place the GPS directory is gone and all else stays (little-endian: %s)",
  (little) => {
    const before = sampleExif(little);
    const after = exifWithoutPlace(before);
    const kept = [...fieldsOf(before)].filter(([tag]) => tag !== directoryTags.gps && tag > 2);
    expect([...fieldsOf(after)]).toEqual(kept);
    // The latitude itself: 51 / 1, as two 32-bit numbers.
    const latitude = little ? [51, 0, 0, 0, 1, 0, 0, 0] : [0, 0, 0, 51, 0, 0, 0, 1];
    const holds = (bytes: Uint8Array) => bytes.some((_, at) => latitude.every((byte, i) => bytes[at + i] === byte));
    expect([holds(before), holds(after)]).toEqual([true, false]);
  },
);

test("Exif without a place is not changed by taking it out", () => {
  const placeless = exifWithoutPlace(sampleExif(true));
  expect(exifWithoutPlace(placeless)).toEqual(placeless);
});

test("of several places all entries go, and a place that lies over the main directory spares the rest of it", () => {
  // A main directory with the fields 0x0112, 0x8825 (itself) and 0x8825 (at 60, which is no directory).
  const exif = new Uint8Array(60);
  const view = viewOf(exif);
  exif.set([0x49, 0x49, 42, 0, 8, 0, 0, 0, 3, 0]);
  for (const [index, [tag, type, value]] of (
    [
      [0x0112, 3, 6],
      [0x8825, 4, 8],
      [0x8825, 4, 58],
    ] as const
  ).entries()) {
    view.setUint16(10 + 12 * index, tag, true);
    view.setUint16(12 + 12 * index, type, true);
    view.setUint32(14 + 12 * index, 1, true);
    view.setUint32(18 + 12 * index, value, true);
  }
  expect([...fieldsOf(exifWithoutPlace(exif))]).toEqual([[0x0112, [6, 0]]]);
});

test("whatever bytes come, nothing is thrown and the length stays", () => {
  const damaged = fc
    .tuple(fc.boolean(), fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 12 }), fc.nat(400))
    .map(([little, changes, length]) => {
      const exif = sampleExif(little);
      for (const [at, byte] of changes) exif[at % exif.length] = byte;
      return exif.slice(0, length);
    });
  fc.assert(
    fc.property(damaged, (exif) => {
      expect(exifOfUprightPicture(exif, 3, 4).length).toBe(exif.length);
      expect(exifWithoutPlace(exif).length).toBe(exif.length);
    }),
  );
});

test("the bytes that are given stay as they are, also where they are a Buffer of Node, whose slices share memory", () => {
  const exif = Buffer.from(sampleExif(true));
  const before = [...exif];
  exifOfUprightPicture(exif, 3, 4);
  exifWithoutPlace(exif);
  expect([...exif]).toEqual(before);
});
