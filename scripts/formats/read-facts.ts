import { readFileSync } from "node:fs";
import type { ExifTool } from "exiftool-vendored";
import sharp from "sharp";

/** What other programs read of a file: libvips its pixels and profile, ExifTool all else. */
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
  const { bitsPerSample, depth, hasAlpha, icc, width, height } = await sharp(file).metadata();
  const tags = await exiftool.readRaw(file, { readArgs: ["-G1", "-n", "-api", "largefilesupport"] });
  return {
    bits: bitsPerSample ?? (depth === "ushort" ? 16 : 8),
    hasAlpha,
    icc,
    width,
    height,
    tags: tags as unknown as Record<string, unknown>,
    end: readFileSync(file).subarray(-endBytes),
  };
}

/** The value of the first of these tags that the file has. */
export function tagOf({ tags }: FileFacts, ...names: readonly string[]): unknown {
  return names.map((name) => tags[name]).find((value) => value !== undefined);
}
