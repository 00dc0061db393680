import { type ChannelCount, KindlingError, type Photo, type PhotoFormat, type SourceFormat } from "@kindling/core";
import {
  adoptFileMetadata,
  type Codec,
  decodeSource,
  type FileMetadata,
  formatOfSource,
  framesOfPng,
  type IntegerPixels,
  isLosslessWebp,
  pictureOfIntegers,
  sourceFormatOf,
  srgbCoding,
  withoutTangledExif,
} from "@kindling/core/internal";
import type { Metadata } from "sharp";
import { loadLibHeif, loadLibJxl, loadLibRaw } from "./load-decoders.ts";
import { loadSharp } from "./load-sharp.ts";
import { readMetadata } from "./read-metadata.ts";
import { requireBytes } from "./require-bytes.ts";

const defaultMaxMegapixels = 200;
const writableNames = "JPEG, PNG, WebP, AVIF or TIFF";
const readableFormats = "JPEG, PNG, WebP, AVIF, TIFF, HEIC, JPEG XL, BMP or camera raw";

/** Formats by the name libvips gives them. */
const formatOfLoader: Readonly<Record<string, PhotoFormat>> = {
  jpeg: "jpeg",
  png: "png",
  webp: "webp",
  heif: "avif",
  tiff: "tiff",
};

/** Colour spaces whose numbers are not converted; the profile is kept. */
const keptSpaces = new Set(["srgb", "rgb", "rgb16", "b-w", "grey16"]);

/**
 * Reads a photo file: pixels in their own colour space, upright, as floats. libvips decodes; raws are developed by LibRaw,
 * HEIC and JPEG XL decoded by libheif and libjxl.
 *
 * @throws {KindlingError} `not-a-photo`, `unsupported`, `damaged` or `too-large`, with the name given; `invalid-option` for what are
 * no bytes.
 * @example
 * const response = await fetch("https://example.org/night.jpg");
 * const photo = await decodePhoto(new Uint8Array(await response.arrayBuffer()), { name: "night.jpg", maxMegapixels: 50 });
 */
export const decodePhoto: Codec["decode"] = async (file, { name, maxMegapixels = defaultMaxMegapixels }) => {
  requireBytes(file);
  if (file.length === 0)
    throw new KindlingError("damaged", `${name}: the file is empty. Copy it again from its source.`);
  const source = sourceFormatOf(file, name);
  if (source) return decodeFromSource(source, file, name, maxMegapixels);
  const bytes = withoutTangledExif(file);

  const header = await readHeader(bytes, name);
  const format = formatOf(header, name);
  requireStill(bytes, header, format, name);
  requireSize(name, header, maxMegapixels);
  const depth = depthOf(header, name);
  const isGrey = header.space === "b-w" || header.space === "grey16";
  const keepsSpace = keptSpaces.has(header.space);
  const notes: string[] = [];
  if (bytes !== file) notes.push("its Exif points to itself and was left out");
  if (!keepsSpace) notes.push(`converted from ${header.space.toUpperCase()} to sRGB`);
  if (format === "tiff" && (header.pages ?? 1) > 1) notes.push(`only the first of its ${header.pages} pages is used`);

  const raw = await unpack(bytes, name, { depth, isGrey, keepsSpace, hasAlpha: header.hasAlpha });
  const { exif, ...others } = await readMetadata(bytes, format, header);
  const found = bytes === file && exif ? { ...others, exif } : others;
  // A profile of ink does not fit the light it was converted to.
  const { notes: told, ...photo } = adoptFileMetadata(pictureOfIntegers(raw), keepsSpace ? found : asSrgb(found));
  return {
    ...photo,
    format,
    depth,
    lossless: format === "png" || format === "tiff" || (format === "webp" && isLosslessWebp(bytes)),
    notes: [...notes, ...told],
  };
};

async function decodeFromSource(
  source: SourceFormat,
  bytes: Uint8Array,
  name: string,
  maxMegapixels: number,
): Promise<Photo> {
  const { pixels, metadata, notes } = await decodeSource(
    source,
    bytes,
    { name, requireSize: (size) => requireSize(name, size, maxMegapixels) },
    { loadLibRaw, loadLibHeif, loadLibJxl },
  );
  const { notes: told, ...photo } = adoptFileMetadata(pictureOfIntegers(pixels), metadata);
  return {
    ...photo,
    format: formatOfSource[source],
    source,
    depth: pixels.samples instanceof Uint16Array ? 16 : 8,
    lossless: source === "bmp",
    notes: [...notes, ...told],
  };
}

async function readHeader(bytes: Uint8Array, name: string): Promise<Metadata> {
  const sharp = await loadSharp();
  try {
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (cause) {
    throw new KindlingError(
      "not-a-photo",
      `${name}: not a photo Kindling can read. Give it a ${readableFormats} file.`,
      {
        cause,
      },
    );
  }
}

function formatOf(header: Metadata, name: string): PhotoFormat {
  const format = formatOfLoader[header.format];
  const refuse = (what: string) =>
    new KindlingError("unsupported", `${name}: ${what}. Save it as a still ${writableNames} first.`);
  if (!format) throw refuse(`${header.format.toUpperCase()} files are not photos Kindling can read`);
  return format;
}

/** A still would be one frame of the animation under its name; pages of a TIFF are photos of their own. */
function requireStill(bytes: Uint8Array, header: Metadata, format: PhotoFormat, name: string): void {
  const frames = format === "png" ? framesOfPng(bytes) : format === "tiff" ? 1 : (header.pages ?? 1);
  if (frames <= 1) return;
  throw new KindlingError(
    "unsupported",
    `${name}: it is an animation of ${frames} frames. Save it as a still ${writableNames} first.`,
  );
}

function requireSize(name: string, { width, height }: { width: number; height: number }, maxMegapixels: number): void {
  if (!(width >= 1 && height >= 1)) {
    throw new KindlingError(
      "damaged",
      `${name}: its header has the size ${width} x ${height}. Copy it again from its source.`,
    );
  }
  const megapixels = (width * height) / 1e6;
  if (megapixels <= maxMegapixels) return;
  throw new KindlingError(
    "too-large",
    `${name}: ${width} x ${height} are ${megapixels.toFixed(megapixels < 10 ? 1 : 0)} megapixels, more than the ${maxMegapixels} allowed. ` +
      "Raise --max-megapixels if it is meant to be that large.",
  );
}

function depthOf(header: Metadata, name: string): 8 | 16 {
  if (header.depth === "uchar") return 8;
  if (header.depth === "ushort") return 16;
  throw new KindlingError(
    "unsupported",
    `${name}: its samples are of the type ${header.depth}; Kindling reads 8 and 16 bits. Save it as a 16-bit TIFF first.`,
  );
}

async function unpack(
  bytes: Uint8Array,
  name: string,
  { depth, isGrey, keepsSpace, hasAlpha }: { depth: 8 | 16; isGrey: boolean; keepsSpace: boolean; hasAlpha: boolean },
): Promise<IntegerPixels> {
  // libvips gives grey of 8 bits without its alpha: such a picture is fetched as RGB, whose three values are then alike.
  const viaRgb = isGrey && hasAlpha && depth === 8;
  const space = depth === 16 ? (isGrey ? "grey16" : "rgb16") : isGrey && !viaRgb ? "b-w" : "srgb";
  const sharp = await loadSharp();
  try {
    // The profile is not applied: the numbers stay in the photo's own space and go back with its profile.
    const { data, info } = await sharp(bytes, { ignoreIcc: keepsSpace, limitInputPixels: false, failOn: "error" })
      .autoOrient()
      .toColourspace(space)
      .raw({ depth: depth === 16 ? "ushort" : "uchar" })
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    if (viaRgb) return { width, height, channels: 2, samples: data.filter((_, i) => i % 4 === 0 || i % 4 === 3) };
    const samples = depth === 16 ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : data;
    if (channels > 4) {
      throw new KindlingError("unsupported", `${name}: it has ${channels} channels; Kindling reads up to 4.`);
    }
    return { width, height, channels: channels as ChannelCount, samples };
  } catch (cause) {
    if (cause instanceof KindlingError) throw cause;
    const reason = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
    throw new KindlingError(
      "damaged",
      `${name}: the file is damaged or cut short (${reason}). Copy it again from its source.`,
      { cause },
    );
  }
}

function asSrgb({ icc: _, ...rest }: FileMetadata): FileMetadata {
  return { ...rest, coding: srgbCoding };
}
