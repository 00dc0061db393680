import { KindlingError } from "@kindling/core";
import fc from "fast-check";
import sharp from "sharp";
import { expect, test } from "vitest";
import { readPhotoHeader } from "./photo-header.ts";

const picture = (channels: 3 | 4) => sharp({ create: { width: 40, height: 30, channels, background: "#345" } });

test("a JPEG's header holds its size and whether its pixels are RGB, grey or CMYK", async () => {
  const colours = await picture(3).jpeg({ progressive: true }).toBuffer();
  const greys = await picture(3).toColourspace("b-w").jpeg().toBuffer();
  const inks = await picture(3).toColourspace("cmyk").jpeg().toBuffer();
  const size = { width: 40, height: 30 };
  expect(readPhotoHeader(colours, "a")).toMatchObject({ format: "jpeg", size, channels: 3, isCmyk: false });
  expect(readPhotoHeader(greys, "a")).toMatchObject({ channels: 1 });
  expect(readPhotoHeader(inks, "a")).toMatchObject({ isCmyk: true });
});

test("a PNG's header holds depth and channels, except where tRNS leaves the channels to the pixels", async () => {
  const deep = await picture(4).toColourspace("rgb16").png().toBuffer();
  expect(readPhotoHeader(deep, "a")).toMatchObject({ format: "png", depth: 16, channels: 4, lossless: true });
  const palette = await picture(4).composite([]).png({ palette: true }).toBuffer();
  const header = readPhotoHeader(palette, "a");
  expect([3, undefined]).toContain(header.channels);
});

test("WebP and AVIF are known by their first bytes", async () => {
  expect(readPhotoHeader(await picture(3).webp({ lossless: true }).toBuffer(), "a")).toMatchObject({
    format: "webp",
    lossless: true,
  });
  expect(readPhotoHeader(await picture(3).avif().toBuffer(), "a")).toMatchObject({ format: "avif" });
});

test.each([
  ["II*\0", "unsupported"],
  ["II*\0....", "unsupported"],
  ["Dear photo,", "not-a-photo"],
  ["", "damaged"],
])("%j is %s, and the message names the file", (text, code) => {
  const read = () => readPhotoHeader(new TextEncoder().encode(text), "my.jpg");
  expect(read).toThrow(expect.objectContaining({ code, message: expect.stringContaining("my.jpg") }));
});

test("raws, HEIC and bitmaps are known by their first bytes, a damaged raw by its name", () => {
  const read = (text: string, name = "a") => readPhotoHeader(Uint8Array.from(Buffer.from(text, "latin1")), name);
  expect(read("\0\0\0\x18ftypheic\0\0\0\0mif1heic")).toMatchObject({ source: "heic", format: "jpeg" });
  expect(read("\0\0\0\x18ftypmif1\0\0\0\0mif1heic")).toMatchObject({ source: "heic" });
  expect(read("\0\0\0\x18ftypmif1\0\0\0\0mif1avif")).not.toHaveProperty("source");
  expect(read("BM".padEnd(30, "\0"))).toMatchObject({ source: "bmp", format: "png" });
  expect(read("II*\0\x10\0\0\0CR\x02\0")).toMatchObject({ source: "raw", format: "jpeg" });
  expect(read("FUJIFILMCCD-RAW 0201")).toMatchObject({ source: "raw" });
  expect(read("what was a raw", "night.NEF")).toMatchObject({ source: "raw" });
});

test("animations are refused, not taken for their first frame", async () => {
  const frames = Buffer.alloc(40 * 30 * 3 * 2);
  frames.fill(200, frames.length / 2);
  const animated = sharp(frames, { raw: { width: 40, height: 60, channels: 3, pageHeight: 30 } });
  const webp = await animated.webp({ loop: 0 }).toBuffer();
  expect(() => readPhotoHeader(webp, "a.webp")).toThrow(/a\.webp: it is an animation of 2 frames/);
  const gif = await animated.gif({ loop: 0 }).toBuffer();
  expect(() => readPhotoHeader(gif, "a.gif")).toThrow(/a\.gif: it is an animation of 2 frames/);
  const still = await sharp(await animated.png().toBuffer(), { pages: 1 })
    .gif()
    .toBuffer();
  expect(readPhotoHeader(still, "b.gif")).toMatchObject({ type: "image/gif", size: { width: 40, height: 60 } });
});

test("whatever bytes come, the only errors are Kindling's own", () => {
  const starts = fc.constantFrom([0xff, 0xd8, 0xff], [0x89, 80, 78, 71, 13, 10, 26, 10], [82, 73, 70, 70]);
  fc.assert(
    fc.property(starts, fc.uint8Array({ maxLength: 80 }), (start, rest) => {
      try {
        readPhotoHeader(Uint8Array.of(...start, ...rest), "a");
      } catch (error) {
        expect(error).toBeInstanceOf(KindlingError);
      }
    }),
  );
});
