import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  type ChannelCount,
  decodePhoto,
  encodePhoto,
  type Photo,
  type PhotoFormat,
  photoFormats,
  readPhoto,
  type SampleDepth,
  writePhoto,
} from "@kindling/node";
import { withoutPlace } from "@kindling/node/internal";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { scratchFolder } from "./support/run-kindling.ts";
import { sampleMetadata, samplePhoto, samplePicture } from "./support/sample-photo.ts";

const depths: readonly SampleDepth[] = [8, 16];
const channelCounts: readonly ChannelCount[] = [1, 2, 3, 4];

/** Largest difference of two pictures' samples, in levels of 255. */
function levelsApart(a: Photo, b: Photo): number {
  return (
    255 *
    a.picture.samples.reduce((most, sample, i) => Math.max(most, Math.abs(sample - (b.picture.samples[i] ?? 0))), 0)
  );
}

async function roundTrip(photo: Photo, format: PhotoFormat): Promise<Photo> {
  const { bytes } = await encodePhoto(photo, { format });
  return decodePhoto(bytes, { name: `sample.${format}` });
}

describe.each(photoFormats)("a photo written as %s and read again", (format) => {
  test("keeps its Exif, colour profile and XMP byte for byte, and IPTC where the format has room", async () => {
    const photo = await samplePhoto();
    const { bytes, leftOut } = await encodePhoto(photo, { format });
    const { metadata } = await decodePhoto(bytes, { name: format });
    expect(Buffer.from(metadata.icc ?? [])).toEqual(Buffer.from(photo.metadata.icc ?? []));
    expect(Buffer.from(metadata.xmp ?? []).toString()).toBe(Buffer.from(photo.metadata.xmp ?? []).toString());
    const holdsIptc = format === "jpeg" || format === "tiff";
    if (holdsIptc)
      expect(Buffer.from(metadata.iptc ?? []).subarray(0, 10)).toEqual(Buffer.from(photo.metadata.iptc ?? []));
    expect(leftOut).toEqual(holdsIptc || format === "png" ? [] : ["iptc"]);
    const exif = Buffer.from(metadata.exif ?? []).toString("latin1");
    for (const kept of ["Kindling", "Test camera", "the makers", "2026:01:02 03:04:05"]) expect(exif).toContain(kept);
  });

  test.each(channelCounts)("keeps its size and transparency with %i channels", async (channels) => {
    const photo = await samplePhoto(channels);
    const again = await roundTrip(photo, format);
    expect([again.picture.width, again.picture.height]).toEqual([45, 31]);
    const hadAlpha = channels === 2 || channels === 4;
    const hasAlpha = again.picture.channels === 2 || again.picture.channels === 4;
    expect(hasAlpha).toBe(hadAlpha && format !== "jpeg");
    if (!hadAlpha || format === "jpeg") return;
    const alphaOf = ({ picture }: Photo) =>
      picture.samples.filter((_, i) => i % picture.channels === picture.channels - 1);
    const [before, after] = [alphaOf(photo), alphaOf(again)];
    expect(Math.max(...before.map((alpha, i) => Math.abs(alpha - (after[i] ?? 0))))).toBeLessThan(
      format === "avif" ? 4 / 255 : 1e-6,
    );
  });
});

describe.each(["png", "tiff"] as const)("%s", (format) => {
  test.each(depths.flatMap((depth) => channelCounts.map((channels) => [depth, channels] as const)))(
    "keeps every sample of %i bits in %i channels",
    async (depth, channels) => {
      const photo = await samplePhoto(channels, depth);
      const again = await roundTrip(photo, format);
      expect(again.picture).toEqual(photo.picture);
      expect(again.depth).toBe(depth);
    },
  );
});

test("AVIF holds a 16-bit photo at 12 bits", async () => {
  const photo = await samplePhoto(3, 16);
  const { bytes, depth } = await encodePhoto(photo, { format: "avif", quality: 100 });
  expect(depth).toBe(12);
  expect((await sharp(bytes).metadata()).bitsPerSample).toBe(12);
  expect(levelsApart(photo, await decodePhoto(bytes, { name: "a.avif" }))).toBeLessThan(1);
});

test("JPEG at its default quality stays close to the photo, texture and all", async () => {
  const photo = await samplePhoto();
  expect(levelsApart(photo, await roundTrip(photo, "jpeg"))).toBeLessThan(32);
});

test("a WebP that came without loss leaves without loss", async () => {
  const { bytes } = await encodePhoto(await samplePhoto(), { format: "webp" });
  const photo = await decodePhoto(bytes, { name: "a.webp" });
  expect(photo.lossless).toBe(true);
  expect((await roundTrip(photo, "webp")).picture).toEqual(photo.picture);
});

test("a JPEG turned by its orientation tag comes out upright, its tag reset and its pixel counts turned", async () => {
  const lying = samplePicture(45, 31, 3, 8);
  const photo: Photo = { ...(await samplePhoto()), picture: lying, metadata: await sampleMetadata(6) };
  const { bytes } = await encodePhoto(photo, { format: "jpeg" });
  expect((await sharp(bytes).metadata()).orientation).toBe(6);
  const upright = await decodePhoto(bytes, { name: "a.jpg" });
  expect([upright.picture.width, upright.picture.height]).toEqual([31, 45]);
  const again = await encodePhoto(upright, {});
  const { orientation, width, height } = await sharp(again.bytes).metadata();
  expect({ orientation, width, height }).toEqual({ orientation: 1, width: 31, height: 45 });
});

test("colours of a wide profile are not clipped to sRGB", async () => {
  const { icc } = await sampleMetadata();
  const green: Photo = {
    picture: { width: 1, height: 1, channels: 3, samples: Float32Array.of(0, 1, 0) },
    metadata: { icc },
    format: "png",
    depth: 8,
    lossless: true,
    notes: [],
  };
  const again = await roundTrip(green, "png");
  expect([...again.picture.samples]).toEqual([0, 1, 0]);
  // A colour-managed reader sees P3's green, which is outside of sRGB: there its red is below zero, clipped.
  const managed = await sharp((await encodePhoto(green, {})).bytes)
    .toColourspace("lab")
    .raw({ depth: "float" })
    .toBuffer();
  expect(new Float32Array(managed.buffer, managed.byteOffset, 3)[0]).toBeGreaterThan(80);
});

test("CMYK becomes sRGB with a note, and its profile of ink is dropped", async () => {
  const ink = await sharp({ create: { width: 9, height: 7, channels: 3, background: "#336699" } })
    .toColourspace("cmyk")
    .withIccProfile("cmyk")
    .jpeg({ quality: 100 })
    .toBuffer();
  expect((await sharp(ink).metadata()).space).toBe("cmyk");
  const photo = await decodePhoto(ink, { name: "ink.jpg" });
  expect(photo.notes).toEqual(["converted from CMYK to sRGB"]);
  expect(photo.metadata.icc).toBeUndefined();
  const [r = 0, g = 0, b = 0] = photo.picture.samples;
  for (const [channel, wanted] of [
    [r, 0x33],
    [g, 0x66],
    [b, 0x99],
  ] as const) {
    expect(Math.abs(channel * 255 - wanted)).toBeLessThan(24);
  }
});

test("without its place a photo keeps all else: no coordinates in Exif or XMP", async () => {
  const photo = await samplePhoto();
  const { bytes } = await encodePhoto({ ...photo, metadata: withoutPlace(photo.metadata) }, { format: "jpeg" });
  const { exif, xmp } = await sharp(bytes).metadata();
  const shown = (exif?.toString("latin1") ?? "") + (xmp?.toString() ?? "");
  expect(shown).not.toMatch(/GPS/);
  expect(shown).toContain("Test camera");
  expect(shown).toContain('xmp:Rating="4"');
  // 51 degrees and 30 minutes as rationals, in either byte order.
  const place = [51, 1, 30, 1].flatMap((n) => [0, 0, 0, n]);
  expect(exif?.includes(Buffer.from(place))).toBe(false);
  expect(exif?.includes(Buffer.from([51, 1, 30, 1].flatMap((n) => [n, 0, 0, 0])))).toBe(false);
});

test("bytes in the place of a path are named, not shown, and nothing but a photo is written", async () => {
  const bytes = Buffer.alloc(1000, 255) as never;
  const photo = await samplePhoto();
  const at = join(scratchFolder(), "a.jpg");
  const got = "got an object (Buffer).";
  const refusals = [
    [readPhoto(bytes), `path: expected the path of a photo file, whose bytes decodePhoto would take; ${got}`],
    [writePhoto(photo, bytes), `path: expected the path of a file; ${got}`],
    [writePhoto(bytes, at), `photo: expected a decoded one, as readPhoto and decodePhoto give it; ${got}`],
  ] as const;
  for (const [refused, message] of refusals) {
    await expect(refused).rejects.toMatchObject({ code: "invalid-option", message });
  }
  expect(existsSync(at)).toBe(false);
});

test("what is no array of bytes is named where the content of a file belongs", async () => {
  for (const [given, kind] of [
    [new ArrayBuffer(9), "an object (ArrayBuffer)"],
    ["a.jpg", '"a.jpg"'],
    [undefined, "undefined"],
  ]) {
    await expect(decodePhoto(given as never, { name: "a.jpg" })).rejects.toMatchObject({
      code: "invalid-option",
      message: `file: expected the content of a photo file (Uint8Array); got ${kind}.`,
    });
  }
});

test("a JPEG has the code tables of the standard, for which libjpeg need not keep the whole picture", async () => {
  const { bytes } = await encodePhoto(await samplePhoto(), { format: "jpeg" });
  // T.81, annex K.3: tables for 12 and for 162 symbols, of luminance and of chrominance, each after its number and 16 counts.
  const lengths = [
    ...Buffer.from(bytes)
      .toString("latin1")
      .matchAll(/\xff\xc4(..)/gs),
  ].map(([, length]) => Buffer.from(length!, "latin1").readUInt16BE());
  expect(lengths).toEqual([12, 162, 12, 162].map((symbols) => 2 + 17 + symbols));
});

test("a PNG of a photo is packed by differences of rows", async () => {
  const picture = samplePicture(200, 100, 3, 8);
  const { bytes } = await encodePhoto({ ...(await samplePhoto()), picture }, { format: "png" });
  const plain = await sharp(
    Uint8Array.from(picture.samples, (value) => Math.round(255 * value)),
    {
      raw: { width: 200, height: 100, channels: 3 },
    },
  )
    .png()
    .toBuffer();
  expect(bytes.length).toBeLessThan(0.9 * plain.length);
});

test("asking a format for more bits than it holds is refused with the formats that do", async () => {
  await expect(encodePhoto(await samplePhoto(), { format: "jpeg", depth: 16 })).rejects.toThrow(/png, tiff or avif/);
});

test.each([
  [{ quality: 0 }, "quality: expected a whole number from 1 to 100; got 0."],
  [{ quality: 101 }, "quality: expected a whole number from 1 to 100; got 101."],
  [{ quality: "80" }, 'quality: expected a whole number from 1 to 100; got "80".'],
  [{ format: "bmp" }, 'format: expected jpeg, png, webp, avif, tiff; got "bmp".'],
  [{ depth: 12 }, "depth: expected 8, 16; got 12."],
  [{ format: "png" }, "photo.jpg and format png contradict each other. Give one of them."],
])("a photo is not written with %j", async (options, reason) => {
  const path = join(scratchFolder(), "photo.jpg");
  const writing = writePhoto(await samplePhoto(), path, options as object);
  await expect(writing).rejects.toMatchObject({ code: "invalid-option", message: expect.stringContaining(reason) });
  expect(existsSync(path)).toBe(false);
});
