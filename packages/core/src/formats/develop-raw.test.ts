import { expect, test } from "vitest";
import { decodeSrgb } from "../colour/srgb.ts";
import { asciiBytes, concatBytes } from "../metadata/byte-list.ts";
import { bigEndian, isoBox } from "../metadata/iso-boxes.ts";
import { embedInJpeg } from "../metadata/jpeg.ts";
import { exifOfTiff } from "../metadata/tiff.ts";
import { layDirectory } from "../metadata/tiff-directory.ts";
import { developRaw } from "./develop-raw.ts";
import type { LoadLibRaw, RawFacts } from "./libraw.ts";

const facts: RawFacts = {
  width: 2,
  height: 1,
  camera_make: "Kindling",
  camera_model: "Test",
  timestamp: Date.UTC(2026, 0, 2, 3, 4, 5) / 1000,
  iso_speed: 3200,
  shutter: 1 / 40,
  aperture: 2.8,
  focal_len: 35,
  colors: 3,
  color_data: { cam_mul: [2, 1, 1.5, 0], pre_mul: [1, 0.5, 0.75, 0.5], dng_levels: { baseline_exposure: -999 } },
};

/** LibRaw that gives these pixels, and the settings it was opened with. */
function fakeLibRaw(known: RawFacts, data: readonly number[]): { load: LoadLibRaw; opened: object[] } {
  const opened: object[] = [];
  class LibRaw {
    open(_: Uint8Array, settings: object) {
      opened.push(settings);
    }
    metadata = () => known;
    imageData = () => ({ width: 2, height: 1, colors: known.colors, data: Uint16Array.from(data) });
    delete() {}
  }
  return { opened, load: async () => ({ LibRaw }) };
}

const options = { name: "a.dng", requireSize() {} };

async function lightOf(known: RawFacts, data: readonly number[]): Promise<number[]> {
  const { pixels } = await developRaw(fakeLibRaw(known, data).load, new Uint8Array(40), options);
  return [...pixels.samples].map((value) => decodeSrgb(value / 65535));
}

test("light is that of the sensor's weakest channel, coded as sRGB", async () => {
  const light = await lightOf(facts, [6554, 3277, 3277, 0, 16384, 65]);
  for (const [i, wanted] of [0.2, 0.1, 0.1, 0, 0.5, 0.002].entries()) expect(light[i]).toBeCloseTo(wanted, 3);
});

test("highlights above white are rolled off with their hue, and those below the knee stay", async () => {
  const light = await lightOf(facts, [13107, 6554, 6554, 65535, 49151, 32768]);
  expect(light[0]).toBeCloseTo(0.4, 3);
  expect(light[3]).toBeCloseTo(1, 3);
  expect((light[4] ?? 0) / (light[3] ?? 1)).toBeCloseTo(0.75, 2);
  expect((light[5] ?? 0) / (light[3] ?? 1)).toBeCloseTo(0.5, 2);
});

test("a DNG's baseline exposure counts in stops", async () => {
  const brighter = { ...facts, color_data: { ...facts.color_data, dng_levels: { baseline_exposure: 1 } } };
  expect((await lightOf(brighter, [3277, 0, 0, 0, 0, 0]))[0]).toBeCloseTo(0.2, 3);
});

test("a sensor without colours, or a file without a white balance, is not multiplied by zero", async () => {
  const grey = {
    ...facts,
    colors: 1,
    color_data: { ...facts.color_data, cam_mul: [0, 1, 0, 0], pre_mul: [1, 1, 1, 1] },
  };
  const { load, opened } = fakeLibRaw(grey, [32768, 0]);
  const { pixels } = await developRaw(load, new Uint8Array(40), options);
  expect(pixels.channels).toBe(1);
  expect(opened.map((settings) => (settings as { useCameraWb: boolean }).useCameraWb)).toEqual([true, false]);
});

test("a raw of many megapixels is developed with less memory", async () => {
  const { load, opened } = fakeLibRaw({ ...facts, width: 8000, height: 6000 }, [0, 0, 0, 0, 0, 0]);
  await developRaw(load, new Uint8Array(40), options);
  expect(opened).toMatchObject([{ userQual: 4 }, { userQual: 3, fbddNoiserd: 0, useCameraWb: true }]);
});

const shotFields = [{ tag: 0x9003, type: 2, value: asciiBytes("2026:01:02 03:04:05\0"), little: true }];
const makeField = { tag: 0x010f, type: 2, value: asciiBytes("A maker\0"), little: true };
const header = Uint8Array.of(0x49, 0x49, 42, 0, 8, 0, 0, 0);
const tiff = concatBytes(header, layDirectory([makeField, { tag: 0x8769, directory: shotFields }], 8, true));
const structure = (fields: Parameters<typeof layDirectory>[0]) => concatBytes(header, layDirectory(fields, 8, true));
const jpeg = embedInJpeg(Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 2, 0xff, 0xd9), {
  exif: exifOfTiff(tiff) ?? new Uint8Array(),
}).bytes;

test.each([
  ["a TIFF", tiff],
  ["Olympus's own TIFF", concatBytes(asciiBytes("IIRO"), tiff.subarray(4))],
  ["Panasonic's own TIFF", concatBytes(asciiBytes("IIU\0"), tiff.subarray(4))],
  [
    "Canon's boxes",
    concatBytes(
      isoBox("ftyp", asciiBytes("crx "), new Uint8Array(4)),
      isoBox(
        "moov",
        isoBox(
          "uuid",
          new Uint8Array(16),
          isoBox("CMT1", structure([makeField])),
          isoBox("CMT2", structure(shotFields)),
        ),
      ),
    ),
  ],
  [
    "the preview of a Fujifilm",
    concatBytes(
      asciiBytes("FUJIFILMCCD-RAW".padEnd(84, " ")),
      bigEndian([4, 100], [4, jpeg.length]),
      new Uint8Array(8),
      jpeg,
    ),
  ],
])("Exif is gathered from %s", async (_, bytes) => {
  const { metadata } = await developRaw(fakeLibRaw(facts, [0, 0, 0, 0, 0, 0]).load, bytes, options);
  const text = String.fromCharCode(...(metadata.exif ?? []));
  expect(text).toContain("A maker");
  expect(text).toContain("2026:01:02 03:04:05");
});

test("without Exif it is made of what LibRaw knows", async () => {
  const { metadata } = await developRaw(
    fakeLibRaw(facts, [0, 0, 0, 0, 0, 0]).load,
    asciiBytes("FOVb".padEnd(40)),
    options,
  );
  const text = String.fromCharCode(...(metadata.exif ?? []));
  for (const part of ["Kindling", "Test", "2026:01:02 03:04:05"]) expect(text).toContain(part);
});
