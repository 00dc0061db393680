import sharp from "sharp";
import { beforeAll, expect, test } from "vitest";
import { asciiBytes, concatBytes } from "./byte-list.ts";
import { embedInJpeg, metadataOfJpeg } from "./jpeg.ts";
import { jpegSegment, trailerOfJpeg } from "./jpeg-segments.ts";

const bytes = (length: number, step: number) => Uint8Array.from({ length }, (_, i) => (i * step + (i >> 8)) & 0xff);
const xmpOf = (attributes: string) =>
  new TextEncoder().encode(`<rdf:Description xmlns:xmpNote="http://ns.adobe.com/xmp/note/" ${attributes}/>`);
const video = concatBytes(asciiBytes("\0\0\0\x18ftypisom"), bytes(5000, 7));
const motion = (length: number) =>
  xmpOf(`xmlns:GCamera="http://ns.google.com/photos/1.0/camera/" GCamera:MicroVideoOffset="${length}"`);

let jpeg: Uint8Array;
let progressive: Uint8Array;
beforeAll(async () => {
  const noise = sharp({
    create: {
      width: 90,
      height: 60,
      channels: 3,
      noise: { type: "gaussian", mean: 128, sigma: 90 },
      background: "#888",
    },
  });
  jpeg = await noise.clone().jpeg({ quality: 99 }).toBuffer();
  progressive = await noise.clone().jpeg({ progressive: true, quality: 99 }).toBuffer();
});

test("extended XMP is read back byte for byte, out of as many segments as it needs", () => {
  const metadata = { xmp: xmpOf(`xmpNote:HasExtendedXMP="${"0A".repeat(16)}"`), extendedXmp: bytes(150_000, 11) };
  expect(metadataOfJpeg(embedInJpeg(jpeg, metadata).bytes)).toEqual(metadata);
});

test("extended XMP of another packet, or with a piece missing, is not taken for this one's", () => {
  const [own, other] = ["0A", "0B"].map((digits) => xmpOf(`xmpNote:HasExtendedXMP="${digits.repeat(16)}"`));
  const file = embedInJpeg(jpeg, { xmp: own, extendedXmp: bytes(150_000, 11) }).bytes;
  const changed = Buffer.from(file);
  other.forEach((byte, i) => {
    changed[changed.indexOf(Buffer.from(own)) + i] = byte;
  });
  expect(metadataOfJpeg(changed).extendedXmp).toBeUndefined();
  const lastPiece = changed.lastIndexOf("http://ns.adobe.com/xmp/extension/");
  const short = Buffer.from(file);
  short[lastPiece] = 0;
  expect(metadataOfJpeg(short).extendedXmp).toBeUndefined();
});

test("what stands behind the end of a picture is found, baseline and progressive", () => {
  for (const picture of [jpeg, progressive]) {
    expect(trailerOfJpeg(concatBytes(picture, video))).toEqual(video);
    expect(trailerOfJpeg(picture).length).toBe(0);
    expect(trailerOfJpeg(picture.subarray(0, picture.length >> 1)).length).toBe(0);
  }
});

test("a motion photo's video is read, written behind the picture, and read again byte for byte", () => {
  const first = metadataOfJpeg(concatBytes(jpeg, video));
  expect(first.video).toBeUndefined();
  const written = embedInJpeg(progressive, { xmp: motion(video.length), video }).bytes;
  expect(written.subarray(written.length - video.length)).toEqual(video);
  expect(metadataOfJpeg(written)).toEqual({ xmp: motion(video.length), video });
});

test("a gain map before the video is left out; a claim of a video without a video is ignored", () => {
  const behind = concatBytes(progressive, video);
  const file = concatBytes(embedInJpeg(jpeg, { xmp: motion(video.length) }).bytes, behind);
  expect(metadataOfJpeg(file).video).toEqual(video);
  for (const length of [video.length - 8, 1e9]) {
    const claimed = concatBytes(embedInJpeg(jpeg, { xmp: motion(length) }).bytes, video);
    expect(metadataOfJpeg(claimed)).toEqual({
      xmp: motion(length),
      notes: ["5 kB that stand behind the picture are left out"],
    });
  }
});

test("gain maps are recognised by XMP of Google, by the segment of ISO 21496-1 and by XMP of Apple in the map itself", () => {
  const google = embedInJpeg(jpeg, {
    xmp: xmpOf(`xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0"`),
  }).bytes;
  const iso = concatBytes(
    jpeg.subarray(0, 2),
    jpegSegment(0xe2, asciiBytes("urn:iso:std:iso:ts:21496:-1\0\0\0\0\0")),
    jpeg.subarray(2),
  );
  const apple = embedInJpeg(jpeg, { xmp: xmpOf(`xmlns:HDRGainMap="http://ns.apple.com/HDRGainMap/1.0/"`) }).bytes;
  for (const [picture, map] of [
    [google, jpeg],
    [iso, jpeg],
    [jpeg, apple],
  ] as const) {
    expect(metadataOfJpeg(concatBytes(picture, map)).notes?.join()).toMatch(/gain map/);
  }
  // A preview is no gain map.
  expect(metadataOfJpeg(concatBytes(jpeg, jpeg)).notes).toBeUndefined();
});

test("a resolution goes into JFIF; without one, none is made up", async () => {
  const { bytes: dense } = embedInJpeg(jpeg, { resolution: { x: 300, y: 150 } });
  expect(metadataOfJpeg(dense).resolution).toEqual({ x: 300, y: 150 });
  expect((await sharp(dense).metadata()).density).toBe(300);
  expect(metadataOfJpeg(embedInJpeg(jpeg, {}).bytes).resolution).toBeUndefined();
});
