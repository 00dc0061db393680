import { readFileSync } from "node:fs";
import { decodePhoto, encodePhoto, type Photo } from "@kindling/node";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { writeDng } from "./support/write-dng.ts";

const scene = "examples/references/still-life.jpg";

/** The mean difference of a photo from a picture, in levels of 255, each pixel compared after both are reduced. */
async function levelsFrom(photo: Photo, expected: Buffer): Promise<number> {
  const { bytes } = await encodePhoto(photo, { format: "png", depth: 8 });
  const small = (file: Buffer | Uint8Array) =>
    sharp(file, { ignoreIcc: true }).resize(24, 16, { fit: "fill" }).removeAlpha().raw().toBuffer();
  const [a, b] = [await small(bytes), await small(expected)];
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length;
}

/** The scene as a picture of so much light, cut at white. */
async function sceneAt(exposure: number): Promise<Buffer> {
  const decode = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const encode = (value: number) => (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);
  const { data, info } = await sharp(scene).resize(120).raw().toBuffer({ resolveWithObject: true });
  const lit = data.map((value) => Math.round(255 * encode(Math.min(1, exposure * decode(value / 255)))));
  return sharp(lit, { raw: info }).png().toBuffer();
}

const isoExif = ({ metadata }: Photo) => Buffer.from(metadata.exif ?? []).toString("latin1");

describe("a camera's raw", () => {
  test("is developed by its own white balance, matrix and levels, never taken for its preview", async () => {
    const photo = await decodePhoto(await writeDng(scene), { name: "night.dng" });
    expect(photo).toMatchObject({ source: "raw", format: "jpeg", depth: 16, picture: { width: 120, height: 80 } });
    expect(await levelsFrom(photo, await sceneAt(0.5))).toBeLessThan(3);
  });

  test("is known by its content, whatever its name", async () => {
    const photo = await decodePhoto(await writeDng(scene), { name: "night.tif" });
    expect(photo).toMatchObject({ source: "raw", picture: { width: 120, height: 80 } });
  });

  test("is upright once, and says so", async () => {
    const photo = await decodePhoto(await writeDng(scene, { orientation: 6 }), { name: "a.dng" });
    expect(photo.picture).toMatchObject({ width: 80, height: 120 });
    expect(
      await levelsFrom(
        photo,
        await sharp(await sceneAt(0.5))
          .rotate(90)
          .png()
          .toBuffer(),
      ),
    ).toBeLessThan(3);
    const { bytes } = await encodePhoto(photo, {});
    expect([1, undefined]).toContain((await sharp(bytes).metadata()).orientation);
  });

  test("gives its maker, model, time and resolution to the result, which says sRGB", async () => {
    const photo = await decodePhoto(await writeDng(scene, { makerNoteBytes: 500 }), { name: "a.dng" });
    for (const kept of ["Kindling", "Test camera", "2026:01:02 03:04:05", "\x07".repeat(500)]) {
      expect(isoExif(photo)).toContain(kept);
    }
    const { exif, density } = await sharp((await encodePhoto(photo, {})).bytes).metadata();
    expect(density).toBe(300);
    // Tag 0xa001 of one SHORT with the value 1, little-endian.
    expect(exif?.includes(Buffer.from([0x01, 0xa0, 3, 0, 1, 0, 0, 0, 1, 0]))).toBe(true);
  });

  test("leaves out a maker note that JPEG cannot hold, and settings for raw developers, and tells it", async () => {
    const xmp = '<rdf:RDF xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" crs:Exposure2012="+2"/>';
    const photo = await decodePhoto(await writeDng(scene, { makerNoteBytes: 70_000, xmp }), { name: "a.dng" });
    expect(photo.notes).toEqual([
      expect.stringContaining("maker note is left out"),
      expect.stringContaining("XMP is left out"),
    ]);
    const { leftOut, bytes } = await encodePhoto(photo, {});
    expect(leftOut).toEqual([]);
    expect((await sharp(bytes).metadata()).exif?.includes("Test camera")).toBe(true);
    const plain = await decodePhoto(await writeDng(scene, { xmp: "<rdf:RDF/>" }), { name: "a.dng" });
    expect(Buffer.from(plain.metadata.xmp ?? []).toString()).toBe("<rdf:RDF/>");
  });

  test("keeps steps in highlights that sRGB would cut, in their order and within white", async () => {
    const lamp = await sharp({ create: { width: 240, height: 40, channels: 3, background: "#000" } })
      .composite(
        [120, 170, 210, 250].map((level, i) => ({
          input: { create: { width: 60, height: 40, channels: 3, background: { r: level, g: level, b: level } } },
          left: 60 * i,
          top: 0,
        })),
      )
      .png()
      .toBuffer();
    // Green saturates at 1; of the lamp's two brightest steps red and blue still count.
    const photo = await decodePhoto(await writeDng(lamp, { width: 240, exposure: 1.5 }), {
      name: "lamp.dng",
    });
    const { samples, width, channels } = photo.picture;
    const level = (step: number) => samples[(20 * width + 60 * step + 30) * channels] ?? 0;
    const levels = [0, 1, 2, 3].map(level);
    expect(levels).toEqual(levels.toSorted((a, b) => a - b));
    expect(levels[3]).toBeGreaterThan((levels[2] ?? 0) + 0.01);
    expect(Math.max(...samples)).toBeLessThanOrEqual(1);
  });

  test.each([
    ["cut short", async () => (await writeDng(scene)).subarray(0, 12_000), "damaged"],
    ["of an unknown camera", async () => Buffer.from("a new camera's own format".repeat(40)), "unsupported"],
  ])("%s is refused by name, with the remedy", async (_, file, code) => {
    await expect(decodePhoto(await file(), { name: "night.nef" })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(/^night\.nef: .*(Copy it again|Adobe DNG Converter)/),
    });
  });

  test("larger than allowed is refused before it is developed", async () => {
    await expect(decodePhoto(await writeDng(scene), { name: "a.dng", maxMegapixels: 0.009 })).rejects.toMatchObject({
      code: "too-large",
    });
  });
});

describe("HEIC", () => {
  const read = (name: string) => decodePhoto(readFileSync(`test/fixtures/${name}`), { name });

  test("keeps its colours, profile and Exif", async () => {
    const photo = await read("p3.heic");
    expect(photo).toMatchObject({ source: "heic", format: "jpeg", depth: 8, notes: [] });
    const small = sharp(scene).resize(96, 64).withIccProfile("p3");
    expect(await levelsFrom(photo, await small.png().toBuffer())).toBeLessThan(3);
    expect(isoExif(photo)).toContain("Test phone");
    const { icc } = await sharp((await encodePhoto(photo, {})).bytes).metadata();
    expect(icc).toEqual(Buffer.from(photo.metadata.icc ?? []));
  });

  test("is turned once", async () => {
    const [lying, upright] = [await read("p3.heic"), await read("turned.heic")];
    expect(upright.picture).toMatchObject({ width: 64, height: 96 });
    const { bytes } = await encodePhoto(lying, { format: "png" });
    expect(await levelsFrom(upright, await sharp(bytes, { ignoreIcc: true }).rotate(90).png().toBuffer())).toBeLessThan(
      1,
    );
  });

  test("of 10 bits keeps levels between those of 8", async () => {
    const photo = await read("ten-bits.heic");
    expect(photo.depth).toBe(16);
    const { samples, width } = photo.picture;
    const row = Array.from({ length: width }, (_, x) => (samples[(32 * width + x) * 3] ?? 0) * 255);
    // A ramp to a tenth of the light: 8 bits have 26 levels of it.
    expect(new Set(row.map((level) => level.toFixed(3))).size).toBeGreaterThan(50);
  });

  test("keeps its transparency", async () => {
    const { picture } = await read("alpha.heic");
    expect(picture.channels).toBe(4);
    expect(picture.samples[3]).toBeCloseTo(0.5, 1);
  });

  test.each([900, 3000])("cut to %i bytes is refused by name", async (length) => {
    const file = readFileSync("test/fixtures/p3.heic").subarray(0, length);
    await expect(decodePhoto(file, { name: "cut.heic" })).rejects.toMatchObject({
      code: "damaged",
      message: expect.stringContaining("cut.heic"),
    });
  });
});

describe("JPEG XL", () => {
  test("is read, and told to be read with 8 bits in sRGB", async () => {
    const photo = await decodePhoto(readFileSync("test/fixtures/still.jxl"), { name: "a.jxl" });
    expect(photo).toMatchObject({ source: "jxl", format: "jpeg", picture: { width: 96, height: 64, channels: 3 } });
    expect(photo.notes).toEqual(["JPEG XL is read with 8 bits in sRGB"]);
    expect(await levelsFrom(photo, await sharp(scene).resize(96, 64).png().toBuffer())).toBeLessThan(4);
  });

  test("is refused where it is damaged, or larger than allowed before it is decoded", async () => {
    const file = readFileSync("test/fixtures/still.jxl");
    await expect(decodePhoto(file.subarray(0, 400), { name: "a.jxl" })).rejects.toMatchObject({ code: "damaged" });
    const reading = decodePhoto(file, { name: "a.jxl", maxMegapixels: 0.006 });
    await expect(reading).rejects.toThrow(/96 x 64/);
  });
});
