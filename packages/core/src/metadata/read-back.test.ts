import { inflateSync } from "node:zlib";
import sharp from "sharp";
import { expect, test } from "vitest";
import { embedInAvif, metadataOfAvif } from "./avif.ts";
import { embedInJpeg, metadataOfJpeg } from "./jpeg.ts";
import type { PhotoMetadata } from "./photo-metadata.ts";
import { embedInPng, metadataOfPng } from "./png.ts";
import { embedInWebp, metadataOfWebp } from "./webp.ts";

const bytes = (length: number, step: number) => Uint8Array.from({ length }, (_, i) => (i * step + (i >> 8)) & 0xff);
const metadata = { exif: bytes(301, 3), icc: bytes(150_000, 7), xmp: bytes(999, 11) } satisfies PhotoMetadata;
const iptc = bytes(77, 5);
const tiny = sharp({ create: { width: 4, height: 3, channels: 3, background: "#345" } });
const inflate = async (zlib: Uint8Array) => new Uint8Array(inflateSync(zlib));

test("what was put into a JPEG is read back byte for byte, a profile of several segments included", async () => {
  const { bytes: file } = embedInJpeg(await tiny.clone().jpeg().toBuffer(), { ...metadata, iptc });
  expect(metadataOfJpeg(file)).toEqual({ ...metadata, iptc });
});

test("what was put into a PNG or a WebP is read back byte for byte", async () => {
  const png = embedInPng(await tiny.clone().png().toBuffer(), metadata).bytes;
  expect(await metadataOfPng(png, inflate)).toEqual(metadata);
  const webp = embedInWebp(await tiny.clone().webp().toBuffer(), metadata).bytes;
  expect(metadataOfWebp(webp)).toEqual(metadata);
});

test.each<[string, PhotoMetadata]>([
  ["none", {}],
  ["a profile", { icc: metadata.icc }],
])("a WebP with transparency stays readable with metadata: %s", async (_, given) => {
  const picture = sharp({ create: { width: 16, height: 9, channels: 4, background: "#3458" } });
  for (const lossless of [false, true]) {
    const { bytes: file } = embedInWebp(await picture.clone().webp({ lossless }).toBuffer(), given);
    const corner = await sharp(file, { ignoreIcc: true }).raw().toBuffer();
    expect(corner[3]).toBe(0x88);
  }
});

test("a profile of the encoder's own, as Chromium writes one, leaves no flag that claims it", async () => {
  const encoded = await sharp({ create: { width: 16, height: 9, channels: 4, background: "#3458" } })
    .withIccProfile("p3")
    .webp()
    .toBuffer();
  const flags = (file: Uint8Array) => file[20];
  expect(flags(encoded)).toBe(0x30);
  expect(flags(embedInWebp(encoded, {}).bytes)).toBe(0x10);
  expect(flags(embedInWebp(encoded, { exif: metadata.exif }).bytes)).toBe(0x18);
});

test("what was put into an AVIF is read back, by libvips too, and the picture stays the same", async () => {
  const picture = sharp({ create: { width: 64, height: 48, channels: 4, background: "#3458" } });
  const file = await picture.avif({ lossless: true }).toBuffer();
  const real = await sharp("examples/photos/still-life.jpg").metadata();
  const exif = new Uint8Array(real.exif?.subarray(6) ?? []);
  const { bytes: tagged, leftOut } = embedInAvif(file, { ...metadata, exif, iptc });
  expect(leftOut).toEqual(["iptc"]);
  expect(metadataOfAvif(tagged)).toEqual({ ...metadata, exif });
  const read = await sharp(tagged).metadata();
  const found = [read.exif, read.icc, read.xmp].map((part) => part && new Uint8Array(part));
  expect(found).toEqual([exif, metadata.icc, metadata.xmp]);
  const raw = (bytes: Uint8Array) => sharp(bytes, { ignoreIcc: true }).raw().toBuffer();
  expect(await raw(tagged)).toEqual(await raw(file));
});

test("a file cut short at any byte gives what is whole and throws nothing", async () => {
  const jpeg = embedInJpeg(await tiny.clone().jpeg().toBuffer(), { exif: bytes(40, 3) }).bytes;
  const png = embedInPng(await tiny.clone().png().toBuffer(), { exif: bytes(40, 3), icc: bytes(50, 7) }).bytes;
  const webp = embedInWebp(await tiny.clone().webp().toBuffer(), { exif: bytes(40, 3) }).bytes;
  const avif = embedInAvif(await tiny.clone().avif().toBuffer(), { exif: bytes(40, 3), icc: bytes(50, 7) }).bytes;
  for (let end = 0; end < Math.max(avif.length, jpeg.length, png.length, webp.length); end++) {
    metadataOfJpeg(jpeg.subarray(0, end));
    await metadataOfPng(png.subarray(0, end), inflate);
    metadataOfWebp(webp.subarray(0, end));
    metadataOfAvif(avif.subarray(0, end));
    embedInAvif(avif.subarray(0, end), { exif: bytes(40, 3), icc: bytes(50, 7) });
  }
});
