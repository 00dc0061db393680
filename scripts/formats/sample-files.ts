import { appendFileSync, copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { embedInAvif, pngChunk } from "@kindling/core/internal";
import type { ExifTool } from "exiftool-vendored";
import sharp from "sharp";
import type { FormatRow, SampleFormat } from "./format-rows.ts";
import { fixture, sourcePixels } from "./source-pixels.ts";

const [width, height] = [24, 16];

/** Files of one format, each of which holds what the others cannot hold beside it. */
export interface SampleFiles {
  /** With a profile, transparency where the format has it, and all metadata; lying on its side. */
  readonly full: string;
  /** With colours told without a profile, by what tells them. */
  readonly coded: Readonly<Record<string, string>>;
  /** With what the first cannot have, by the column that asks for it. */
  readonly beside?: Readonly<Record<string, string>>;
  /** A motion photo that has a gain map too, where the format is JPEG or HEIC. */
  readonly motion?: string;
}

const metadata = [
  "-Make=Kindling",
  "-Model=Test camera",
  "-ExposureTime=1/15",
  "-DateTimeOriginal=2026:01:02 03:04:05",
  "-OffsetTimeOriginal=+02:00",
  "-XMP-xmp:CreateDate=2026:01:02 03:04:05+02:00",
  "-XMP-xmp:Rating=4",
  "-Orientation#=6",
  "-XMP-tiff:Orientation#=6",
  "-EXIF:XResolution=300",
  "-EXIF:YResolution=300",
  "-EXIF:ResolutionUnit#=2",
];

const adobe = ["-InteropIndex=R03", "-ColorSpace#=65535"];

/** Makes the files of a row in a folder: pixels by libvips, metadata by ExifTool. */
export async function makeSampleFiles(row: FormatRow, folder: string, exiftool: ExifTool): Promise<SampleFiles> {
  const ending = endings[row.read] ?? row.read;
  const path = (name: string) => join(folder, `${name}.${ending}`);
  const write = (file: string, ...args: string[]) =>
    exiftool.write(file, {}, { writeArgs: ["-overwrite_original", "-m", ...args] });

  const full = path("full");
  writeFileSync(full, await pixels(row, true));
  // More than one segment of JPEG holds: extended XMP there.
  const caption = join(folder, "caption.txt");
  writeFileSync(caption, "night ".repeat(12_000));
  // A bitmap has no metadata.
  if (row.read !== "bmp") await write(full, ...metadata, `-XMP-dc:Description<=${caption}`, ...ofFormat[row.read]);

  const coded: Record<string, string> = {};
  for (const [name, change] of Object.entries(codings[row.read])) {
    const file = path(name);
    coded[name] = file;
    const plain = await pixels({ ...row, hasAlpha: false }, false);
    writeFileSync(file, typeof change === "function" ? change(plain) : plain);
    if (typeof change !== "function") await write(file, ...change);
  }

  const beside: Record<string, string> = {};
  if (row.read === "heic") {
    for (const [column, name] of Object.entries({ bits: "ten-bits.heic", transparency: "alpha.heic" })) {
      beside[column] = path(column);
      copyFileSync(fixture(name), path(column));
    }
  }

  if (row.read !== "jpeg" && row.read !== "heic") return { full, coded };
  const motion = path("motion");
  writeFileSync(motion, await pixels(row, false));
  const video = Buffer.concat([Buffer.from("\0\0\0\x18ftypisom"), Buffer.alloc(6000, 7)]);
  await write(
    motion,
    "-XMP-GCamera:MicroVideo=1",
    `-XMP-GCamera:MicroVideoOffset=${video.length}`,
    "-XMP-hdrgm:Version=1.0",
  );
  // Behind a JPEG stands the gain map, then the video; in HEIC the video has a box of its own.
  appendFileSync(motion, row.read === "jpeg" ? await pixels(row, false) : boxHeader("mpvd", video.length));
  appendFileSync(motion, video);
  return { full, coded, beside, motion };
}

/** Endings of files of formats that have many. */
const endings: Readonly<Partial<Record<SampleFormat, string>>> = { raw: "dng" };

/** What ExifTool writes into one format only, or by another name there. */
const ofFormat: Readonly<Record<SampleFormat, readonly string[]>> = {
  jpeg: ["-IPTC:Caption-Abstract=night", "-JFIF:XResolution=300", "-JFIF:YResolution=300", "-JFIF:ResolutionUnit#=1"],
  png: [
    "-IPTC:Caption-Abstract=night",
    "-PNG-pHYs:PixelsPerUnitX=11811",
    "-PNG-pHYs:PixelsPerUnitY=11811",
    "-PNG:Author=the makers",
    "-PNG:Copyright=free",
  ],
  webp: [],
  avif: [],
  tiff: ["-IPTC:Caption-Abstract=night"],
  heic: [],
  raw: ["-IPTC:Caption-Abstract=night"],
  jxl: [],
  bmp: [],
};

/** Ways to tell colour without a profile: by tags of Exif, or by a change of the file. */
const codings: Readonly<
  Record<SampleFormat, Readonly<Record<string, readonly string[] | ((file: Buffer) => Uint8Array)>>>
> = {
  jpeg: { "Exif R03": adobe },
  png: {
    cICP: (file) => afterHeader(file, pngChunk("cICP", Uint8Array.of(12, 13, 0, 1))),
    gAMA: (file) => afterHeader(file, pngChunk("gAMA", Uint8Array.of(0, 1, 0x86, 0xa0))),
    "Exif R03": adobe,
  },
  webp: { "Exif R03": adobe },
  avif: { nclx: (file) => withNclx(file) },
  tiff: { "Exif R03": adobe },
  heic: { nclx: (file) => withNclx(file), "Exif R03": adobe },
  // What Exif says of a raw is true of the camera's own JPEG.
  raw: {},
  // It is decoded to sRGB, whatever it holds.
  jxl: { "sRGB beside Exif R03": adobe },
  bmp: { endpoints: (file) => withEndpoints(file) },
};

async function pixels({ read, depth, hasAlpha }: FormatRow, hasProfile: boolean): Promise<Buffer> {
  if (read === "heic" || read === "raw" || read === "jxl" || read === "bmp") return sourcePixels[read](hasProfile);
  const channels = hasAlpha ? 4 : 3;
  const size = width * height * channels;
  const samples =
    depth === 8
      ? Uint8Array.from({ length: size }, (_, i) => 40 + (i % 97))
      : Uint16Array.from({ length: size }, (_, i) => 9000 + 211 * (i % 97));
  let image = sharp(samples, { raw: { width, height, channels } }).toColourspace(depth === 8 ? "srgb" : "rgb16");
  if (hasProfile) image = image.withIccProfile("p3");
  // What libvips encodes without loss tells sRGB by nclx.
  if (read === "avif") return image.avif({ bitdepth: depth === 8 ? 8 : 12, lossless: hasProfile }).toBuffer();
  if (read === "tiff") return image.tiff({ compression: "deflate" }).toBuffer();
  return image.toFormat(read, { lossless: true }).toBuffer();
}

function afterHeader(png: Buffer, chunk: Uint8Array): Uint8Array {
  const headEnd = 8 + 25;
  return Buffer.concat([png.subarray(0, headEnd), chunk, png.subarray(headEnd)]);
}

function boxHeader(type: string, bodyBytes: number): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(header.length + bodyBytes);
  header.write(type, 4);
  return header;
}

/** A bitmap that tells its colours by the places of its primaries: a kind of 0, and red's X. */
function withEndpoints(bmp: Buffer): Uint8Array {
  const file = Buffer.from(bmp);
  file.writeUInt32LE(0, 14 + 56);
  file.writeUInt32LE(0x28f5c28f, 14 + 60);
  return file;
}

/** An AVIF or HEIC without a profile that tells Display P3 by nclx: a profile's property of the same length is put in and renamed. */
export function withNclx(avif: Buffer): Uint8Array {
  const file = Buffer.from(embedInAvif(avif, { icc: Uint8Array.of(0, 12, 0, 13, 0, 6, 0x80) }).bytes);
  file.write("nclx", file.indexOf("colrprof") + 4);
  return file;
}
