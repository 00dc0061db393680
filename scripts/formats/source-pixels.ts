import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { SourceFormat } from "@kindling/core";
import sharp, { type Sharp } from "sharp";
import { writeDng } from "../../test/support/write-dng.ts";

const [width, height] = [24, 16];

/** Pictures in the formats that are only read, with a profile or without one; libvips writes none of them. */
export const sourcePixels: Readonly<Record<SourceFormat, (hasProfile: boolean) => Promise<Buffer>>> = {
  // The one is turned by a property of HEIF.
  heic: async (hasProfile) => readFileSync(fixture(hasProfile ? "turned.heic" : "alpha.heic")),
  raw: async () => writeDng(await ramp().png().toBuffer(), { width: 2 * width }),
  jxl: async () => readFileSync(fixture("still.jxl")),
  bmp: async (hasProfile) => writeBmp(await ramp().ensureAlpha(0.5).raw().toBuffer(), await displayP3(hasProfile)),
};

/** Path of a file of test/fixtures. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../../test/fixtures/${name}`, import.meta.url));
}

function ramp(): Sharp {
  const samples = Uint8Array.from({ length: width * height * 3 }, (_, i) => 40 + (i % 97));
  return sharp(samples, { raw: { width, height, channels: 3 } });
}

async function displayP3(isWanted: boolean): Promise<Buffer> {
  if (!isWanted) return Buffer.alloc(0);
  const { icc } = await sharp(await ramp().withIccProfile("p3").png().toBuffer()).metadata();
  return icc ?? Buffer.alloc(0);
}

/** A bitmap of version 5 with alpha, at 300 pixels an inch. Source: Microsoft, BITMAPV5HEADER. */
function writeBmp(rgba: Buffer, profile: Buffer): Buffer {
  const [fileHeader, header] = [14, 124];
  const head = Buffer.alloc(fileHeader + header);
  const number = (at: number, value: number) => head.writeUInt32LE(value, fileHeader + at);
  head.write("BM");
  head.writeUInt32LE(head.length + rgba.length + profile.length, 2);
  head.writeUInt32LE(head.length, 10);
  number(0, header);
  number(4, width);
  number(8, height);
  number(12, 1 | (32 << 16));
  number(16, 3);
  number(24, 11811);
  number(28, 11811);
  // Masks of red, green, blue and alpha, in the order of the samples given.
  for (const [i, mask] of [0xff, 0xff00, 0xff0000, 0xff000000].entries()) number(40 + 4 * i, mask);
  head.write(profile.length > 0 ? "DEBM" : "BGRs", fileHeader + 56);
  number(112, header + rgba.length);
  number(116, profile.length);
  return Buffer.concat([head, rgba, profile]);
}
