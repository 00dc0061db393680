import { readFileSync } from "node:fs";
import type { ExifTool } from "exiftool-vendored";
import sharp from "sharp";

/** What other programs read of a file: libvips its pixels and profile, where it can; ExifTool all else. */
export interface FileFacts {
  readonly bits: number;
  readonly hasAlpha: boolean;
  readonly icc: Buffer | undefined;
  readonly width: number;
  readonly height: number;
  /** Tags of ExifTool by group and name, such as `IFD0:Make`; numbers as numbers. */
  readonly tags: Readonly<Record<string, unknown>>;
  readonly end: Buffer;
}

/** Bytes at the end of a file in which a video is looked for. */
const endBytes = 6012;

/** Reads a file with libvips and ExifTool. */
export async function readFacts(file: string, exiftool: ExifTool): Promise<FileFacts> {
  const read = await exiftool.readRaw(file, { readArgs: ["-G1", "-n", "-api", "largefilesupport"] });
  const tags = read as unknown as Record<string, unknown>;
  const isRead = ["HEIC", "DNG", "JXL", "BMP"].includes(String(tags["File:FileType"]));
  const pixels = isRead ? await pixelFactsOfTags(tags, file, exiftool) : await pixelFacts(file);
  return { ...pixels, tags, end: readFileSync(file).subarray(-endBytes) };
}

type PixelFacts = Omit<FileFacts, "tags" | "end">;

async function pixelFacts(file: string): Promise<PixelFacts> {
  const { bitsPerSample, depth, hasAlpha, icc, width, height } = await sharp(file).metadata();
  return { bits: bitsPerSample ?? (depth === "ushort" ? 16 : 8), hasAlpha, icc, width, height };
}

/** Of files that libvips does not read. JPEG XL and bitmaps are made with 8 bits a sample. */
async function pixelFactsOfTags(
  tags: Readonly<Record<string, unknown>>,
  file: string,
  exiftool: ExifTool,
): Promise<PixelFacts> {
  const hasProfile = tags["ICC_Profile:RedMatrixColumn"] !== undefined;
  const bits = tags["SubIFD:BitsPerSample"] ?? String(tags["QuickTime:ImagePixelDepth"] ?? 8).split(" ")[0];
  return {
    bits: Number(bits),
    hasAlpha:
      Number(tags["File:AlphaMask"] ?? 0) !== 0 || /auxid:1$/.test(String(tags["QuickTime:AuxiliaryImageType"])),
    icc: hasProfile ? await exiftool.extractBinaryTagToBuffer("ICC_Profile", file) : undefined,
    width: Number(tags["File:ImageWidth"] ?? tags["SubIFD:ImageWidth"]),
    height: Number(tags["File:ImageHeight"] ?? tags["SubIFD:ImageHeight"]),
  };
}

/** The value of the first of these tags that the file has. */
export function tagOf({ tags }: FileFacts, ...names: readonly string[]): unknown {
  return names.map((name) => tags[name]).find((value) => value !== undefined);
}
