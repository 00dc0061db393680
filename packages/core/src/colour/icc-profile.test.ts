import sharp from "sharp";
import { expect, test } from "vitest";
import { viewOf } from "../metadata/byte-list.ts";
import { adobeRgbCoding, codingOfCicp, srgbCoding } from "../metadata/colour-coding.ts";
import { embedInPng } from "../metadata/png.ts";
import { decodeCurve } from "./coding-transfer.ts";
import { type StandardCoding, writeProfile } from "./icc-profile.ts";
import { tagOf, transferOfProfile } from "./transfer.ts";

const colours = [200, 40, 90, 10, 250, 30, 128, 128, 128, 30, 60, 220];

/** What Little CMS makes of these numbers under a profile, as Lab. */
async function labOf(icc: Uint8Array): Promise<number[]> {
  const picture = sharp(Uint8Array.from(colours), { raw: { width: 4, height: 1, channels: 3 } });
  const file = embedInPng(await picture.png().toBuffer(), { icc }).bytes;
  const { buffer, byteOffset } = await sharp(file).toColourspace("lab").raw({ depth: "float" }).toBuffer();
  return [...new Float32Array(buffer, byteOffset, 12)];
}

function expectClose(a: readonly number[], b: readonly number[], most: number): void {
  for (const [i, value] of a.entries()) expect(Math.abs(value - (b[i] ?? Number.NaN))).toBeLessThan(most);
}

test("the profile of Display P3 means to Little CMS what its own means", async () => {
  const own = await sharp({ create: { width: 1, height: 1, channels: 3, background: "#345" } })
    .withIccProfile("p3")
    .png()
    .toBuffer();
  const { icc = new Uint8Array() } = await sharp(own).metadata();
  const told = codingOfCicp(12, 13) as StandardCoding;
  expectClose(await labOf(writeProfile(told, 3)), await labOf(icc), 0.25);
});

test("the profile of sRGB leaves sRGB as it is", async () => {
  const srgb = await labOf(writeProfile(srgbCoding as StandardCoding, 3));
  // sRGB (128, 128, 128) is L* 53.6.
  expectClose(srgb.slice(6, 9), [53.59, 0, 0], 0.1);
});

test("the primaries of Adobe RGB under D50 are those that are published", () => {
  const icc = writeProfile(adobeRgbCoding as StandardCoding, 3);
  const columns = ["rXYZ", "gXYZ", "bXYZ"].flatMap((name) => {
    const tag = tagOf(icc, name) ?? new Uint8Array(20);
    return [8, 12, 16].map((at) => viewOf(tag).getInt32(at) / 65536);
  });
  // Source: B. Lindbloom, RGB/XYZ matrices, adapted to D50 by Bradford.
  const published = [0.60976, 0.31112, 0.01948, 0.20524, 0.62566, 0.06089, 0.14922, 0.06322, 0.74484];
  expectClose(columns, published, 0.0003);
});

test.each([
  ["sRGB", 1, 13],
  ["BT.709", 1, 1],
  ["SMPTE 240M", 7, 7],
  ["linear", 1, 8],
  ["gamma 2.2", 4, 4],
  ["DCI", 11, 17],
])("the curve of %s is read back from its profile, for colours and for grey", (_, primaries, transfer) => {
  const coding = codingOfCicp(primaries, transfer) as StandardCoding;
  for (const channels of [1, 3] as const) {
    const { toLinear } = transferOfProfile(writeProfile(coding, channels));
    for (const value of [0, 0.03, 0.1, 0.5, 0.9, 1]) {
      expect(toLinear(value)).toBeCloseTo(decodeCurve(coding.curve, value), 4);
    }
  }
});

test("a grey picture's profile is one of grey: Little CMS takes it", async () => {
  const grey = sharp(Uint8Array.of(0, 64, 128, 255), { raw: { width: 4, height: 1, channels: 1 } });
  const plain = await grey.toColourspace("b-w").png().toBuffer();
  const icc = writeProfile({ primaries: srgbCoding.primaries, curve: { gamma: 1 } }, 1);
  const lab = await sharp(embedInPng(plain, { icc }).bytes).toColourspace("lab").raw({ depth: "float" }).toBuffer();
  // 64 / 255 of light is L* 57.2.
  expect(new Float32Array(lab.buffer, lab.byteOffset, 12)[3]).toBeCloseTo(57.2, 0);
});
