import { deflateSync, inflateSync } from "node:zlib";
import sharp from "sharp";
import { beforeAll, expect, test } from "vitest";
import { asciiBytes, concatBytes, viewOf } from "./byte-list.ts";
import { adobeRgbCoding, codingOfCicp, srgbCoding, srgbPrimaries } from "./colour-coding.ts";
import { embedInPng, metadataOfPng } from "./png.ts";
import { pngChunk, signatureBytes } from "./png-chunks.ts";

const inflate = async (zlib: Uint8Array) => new Uint8Array(inflateSync(zlib));
let png: Uint8Array;
beforeAll(async () => {
  const picture = sharp({ create: { width: 4, height: 3, channels: 3, background: "#345" } });
  // Without the density that libvips makes up.
  png = embedInPng(await picture.png().toBuffer(), {}).bytes;
});

const headEnd = signatureBytes + 25;
const withChunks = (...chunks: Uint8Array[]) => concatBytes(png.subarray(0, headEnd), ...chunks, png.subarray(headEnd));
const read = (...chunks: Uint8Array[]) => metadataOfPng(withChunks(...chunks), inflate);
const numbers = (...values: number[]) => {
  const data = new Uint8Array(4 * values.length);
  for (const [i, value] of values.entries()) viewOf(data).setUint32(4 * i, value);
  return data;
};
const zip = (text: string) => new Uint8Array(deflateSync(Buffer.from(text)));

test("texts are read in all three kinds, and written as they came", async () => {
  const chunks = [
    pngChunk("tEXt", asciiBytes("Author\0Ren\xe9")),
    pngChunk("zTXt", asciiBytes("Copyright\0\0"), zip("the makers")),
    pngChunk("iTXt", asciiBytes("Title\0\x01\0de\0Titel\0"), zip("Nächte")),
  ];
  const { text = [] } = await read(...chunks);
  expect(text.map((entry) => [entry.keyword, entry.text])).toEqual([
    ["Author", "René"],
    ["Copyright", "the makers"],
    ["Title", "Nächte"],
  ]);
  const written = Buffer.from(embedInPng(png, { text }).bytes);
  for (const chunk of chunks) expect(written.includes(Buffer.from(chunk))).toBe(true);
});

test("XMP, IPTC and Exif in compressed and hexadecimal texts are metadata and no texts", async () => {
  const hex = (name: string, data: Uint8Array) =>
    `\n${name}\n${String(data.length).padStart(8)}\n${Buffer.from(data).toString("hex")}\n`;
  const exif = Uint8Array.of(0x49, 0x49, 42, 0, 8, 0, 0, 0);
  const found = await read(
    pngChunk("iTXt", asciiBytes("XML:com.adobe.xmp\0\x01\0\0\0"), zip("<x/>")),
    pngChunk("zTXt", asciiBytes("Raw profile type iptc\0\0"), zip(hex("iptc", Uint8Array.of(28, 2, 120, 0, 0)))),
    pngChunk("tEXt", asciiBytes(`Raw profile type exif\0${hex("exif", concatBytes(asciiBytes("Exif\0\0"), exif))}`)),
  );
  expect(new TextDecoder().decode(found.xmp)).toBe("<x/>");
  expect(found).toMatchObject({ iptc: Uint8Array.of(28, 2, 120, 0, 0), exif });
  expect(found.text).toBeUndefined();
});

test("300 dpi are 300 dpi afterwards, and none are made up", async () => {
  const { resolution } = await read(pngChunk("pHYs", numbers(11811, 5906), Uint8Array.of(1)));
  expect(resolution).toEqual({ x: 300, y: 150 });
  const written = embedInPng(png, { resolution: { x: 300, y: 150 } }).bytes;
  expect((await sharp(written).metadata()).density).toBe(300);
  expect((await metadataOfPng(written, inflate)).resolution).toEqual({ x: 300, y: 150 });
  expect((await metadataOfPng(embedInPng(png, {}).bytes, inflate)).resolution).toBeUndefined();
  // A proportion of pixels is no resolution.
  expect((await read(pngChunk("pHYs", numbers(1, 1), Uint8Array.of(0)))).resolution).toBeUndefined();
});

test("colour comes from cICP, sRGB, gAMA and cHRM, in this order; cICP outranks a profile", async () => {
  const icc = new Uint8Array(200);
  const profile = pngChunk("iCCP", asciiBytes("p\0\0"), new Uint8Array(deflateSync(icc)));
  const cicp = pngChunk("cICP", Uint8Array.of(12, 13, 0, 1));
  const gamma = (share: number) => pngChunk("gAMA", numbers(share));
  const adobe = pngChunk("cHRM", numbers(31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000));
  expect(await read(cicp, profile)).toEqual({ coding: codingOfCicp(12, 13) });
  expect(await read(pngChunk("sRGB", Uint8Array.of(0)), gamma(100000), adobe)).toEqual({ coding: srgbCoding });
  expect(await read(gamma(100000), profile)).toMatchObject({ icc, coding: { curve: { gamma: 1 } } });
  expect(await read(gamma(100000))).toEqual({ coding: { primaries: srgbPrimaries, curve: { gamma: 1 } } });
  expect((await read(gamma(45455), adobe)).coding).toEqual({ primaries: adobeRgbCoding.primaries, curve: "srgb" });
  // Unspecified code points tell nothing.
  expect(await read(pngChunk("cICP", Uint8Array.of(2, 2, 0, 1)))).toEqual({});
});
