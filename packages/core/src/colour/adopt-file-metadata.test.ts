import { expect, test } from "vitest";
import type { Picture } from "../image/picture.ts";
import { concatBytes } from "../metadata/byte-list.ts";
import { adobeRgbCoding, codingOfCicp, srgbCoding } from "../metadata/colour-coding.ts";
import { resolutionOfExif } from "../metadata/exif-statements.ts";
import { directoryTags, type LooseField, layDirectory } from "../metadata/tiff-directory.ts";
import { adoptFileMetadata } from "./adopt-file-metadata.ts";
import { type StandardCoding, writeProfile } from "./icc-profile.ts";
import { transferOfProfile } from "./transfer.ts";

const picture: Picture = { width: 2, height: 1, channels: 3, samples: Float32Array.of(0.9, 0.9, 0.9, 0.2, 0.3, 0.4) };
const grey: Picture = { width: 2, height: 1, channels: 1, samples: Float32Array.of(0.9, 0.2) };
const field = (tag: number, type: number, ...value: number[]): LooseField => ({
  tag,
  type,
  value: Uint8Array.from(value),
  little: true,
});
const exifOf = (...fields: LooseField[]) =>
  concatBytes(Uint8Array.of(0x49, 0x49, 42, 0, 8, 0, 0, 0), layDirectory(fields, 8, true));

/** Exif with a ColorSpace, and an interoperability index where one is given. */
function exifOfColour(space: number, index?: string): Uint8Array {
  const interop = { tag: directoryTags.interoperability, directory: [field(1, 2, ...Buffer.from(`${index}\0`))] };
  const shot = [field(0xa001, 3, space & 255, space >> 8), ...(index ? [interop] : [])];
  return exifOf({ tag: directoryTags.exif, directory: shot });
}

const adobe = writeProfile(adobeRgbCoding as StandardCoding, 3);

test.each<[string, Uint8Array, Uint8Array | undefined]>([
  ["R03 beside an uncalibrated space", exifOfColour(0xffff, "R03"), adobe],
  ["the space 2 of some cameras", exifOfColour(2), adobe],
  ["sRGB", exifOfColour(1), undefined],
  ["R98", exifOfColour(0xffff, "R98"), undefined],
  ["an uncalibrated space alone", exifOfColour(0xffff), undefined],
])("Exif tells colours: %s", (_, exif, expected) => {
  expect(adoptFileMetadata(picture, { exif }).metadata.icc).toEqual(expected);
});

test("a profile outranks Exif", () => {
  const exif = exifOfColour(0xffff, "R03");
  const icc = new Uint8Array(140);
  expect(adoptFileMetadata(picture, { exif, icc }).metadata.icc).toBe(icc);
});

test("sRGB told by a container has a profile where Exif says Adobe RGB, for the result has no other place for it", () => {
  const coding = codingOfCicp(1, 13);
  const iccBeside = (exif: Uint8Array, of = picture) =>
    adoptFileMetadata(of, { exif, ...(coding && { coding }) }).metadata.icc;
  expect(iccBeside(exifOfColour(0xffff, "R03"))).toEqual(writeProfile(srgbCoding as StandardCoding, 3));
  expect(iccBeside(exifOfColour(0xffff, "R03"), grey)).toEqual(writeProfile(srgbCoding as StandardCoding, 1));
  expect(iccBeside(exifOfColour(1))).toBeUndefined();
});

test("of grey only the curve counts", () => {
  const [p3, linear] = [codingOfCicp(12, 13), codingOfCicp(12, 8)];
  if (!p3 || !linear) throw new Error("codings without code points");
  expect(adoptFileMetadata(grey, { coding: p3 }).metadata.icc).toBeUndefined();
  const { icc } = adoptFileMetadata(grey, { coding: linear }).metadata;
  expect(transferOfProfile(icc).toLinear(0.25)).toBeCloseTo(0.25, 6);
});

test("PQ is brought to standard range in its own primaries, and told; told by a profile's CICP too", () => {
  const coding = codingOfCicp(9, 16);
  if (!coding) throw new Error("PQ without a coding");
  const adopted = adoptFileMetadata(picture, { coding });
  expect(adopted.picture.samples[0]).toBeCloseTo(1, 2);
  expect(adopted.notes.join()).toMatch(/PQ \(HDR\)/);
  const expected = writeProfile({ primaries: coding.primaries, curve: "srgb" }, 3);
  expect(adopted.metadata.icc).toEqual(expected);

  const tag = concatBytes(Buffer.from("cicp\0\0\0\0"), Uint8Array.of(9, 16, 0, 1));
  const table = Uint8Array.of(0, 0, 0, 1, ...Buffer.from("cicp"), 0, 0, 0, 144, 0, 0, 0, tag.length);
  const icc = concatBytes(new Uint8Array(128), table, tag);
  expect(adoptFileMetadata(picture, { icc }).metadata.icc).toEqual(expected);
});

test("the resolution is the file's, or that of Exif in its own unit", () => {
  const inCentimetres = exifOf(
    field(0x011a, 5, 118, 0, 0, 0, 1, 0, 0, 0),
    field(0x011b, 5, 118, 0, 0, 0, 1, 0, 0, 0),
    field(0x0128, 3, 3, 0),
  );
  expect(resolutionOfExif(inCentimetres)?.x).toBeCloseTo(299.72, 2);
  const resolution = { x: 72, y: 72 };
  expect(adoptFileMetadata(picture, { exif: inCentimetres, resolution }).metadata.resolution).toBe(resolution);
  expect(adoptFileMetadata(picture, { exif: inCentimetres }).metadata.resolution?.y).toBeCloseTo(299.72, 2);
});

test("a claim of a video that did not come along goes, with a note; one that came stays", () => {
  const xmp = new TextEncoder().encode(`<a:b xmlns:c="http://ns.google.com/photos/1.0/camera/" c:MotionPhoto="1"/>`);
  const alone = adoptFileMetadata(picture, { xmp });
  expect(new TextDecoder().decode(alone.metadata.xmp)).not.toContain("MotionPhoto");
  expect(alone.notes).toEqual(["the video of this motion photo is left out"]);
  const together = adoptFileMetadata(picture, { xmp, video: new Uint8Array(9) });
  expect(together.metadata).toEqual({ xmp, video: new Uint8Array(9) });
  expect(together.notes).toEqual([]);
});
