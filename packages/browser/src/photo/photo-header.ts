import {
  type ChannelCount,
  KindlingError,
  type PhotoFormat,
  type SampleDepth,
  type SourceFormat,
} from "@kindling/core";
import { formatOfSource, framesOfPng, framesOfWebp, isLosslessWebp, sourceFormatOf } from "@kindling/core/internal";

import { framesOfGif } from "./gif-frames.ts";

/** Facts from the first bytes of a photo file. */
export interface PhotoHeader {
  /** Format it is written in unless another is chosen. */
  readonly format: PhotoFormat;
  /** Kind of the file, where none is written in that. */
  readonly source?: SourceFormat;
  readonly depth: SampleDepth;
  readonly lossless: boolean;
  /** Absent where only the pixels show it. */
  readonly channels?: ChannelCount;
  /** In pixels, before any rotation; absent where the header does not hold it. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Whether the pixels are CMYK. */
  readonly isCmyk: boolean;
  /** Media type for the browser's decoder; absent where it is that of the format. */
  readonly type?: "image/gif";
}

const readable = "JPEG, PNG, WebP, AVIF, HEIC, JPEG XL, GIF, BMP or camera raw";

/**
 * Reads format, depth and size from the first bytes of a file, before anything is decoded.
 *
 * @throws {KindlingError} `damaged` for an empty file, `unsupported` for pictures of other kinds, `not-a-photo`.
 */
export function readPhotoHeader(bytes: Uint8Array, name: string): PhotoHeader {
  if (bytes.length === 0) {
    throw new KindlingError("damaged", `${name}: the file is empty. Copy it again from its source.`);
  }
  const source = sourceFormatOf(bytes, name);
  if (source) {
    return { format: formatOfSource[source], source, depth: 8, lossless: source === "bmp", isCmyk: false };
  }
  if (startsWith(bytes, 0, "\xff\xd8\xff")) return readJpegHeader(bytes);
  if (startsWith(bytes, 0, "\x89PNG\r\n\x1a\n")) {
    requireStill(framesOfPng(bytes), name);
    return readPngHeader(bytes);
  }
  if (startsWith(bytes, 0, "RIFF") && startsWith(bytes, 8, "WEBP")) {
    requireStill(framesOfWebp(bytes), name);
    return { format: "webp", depth: 8, lossless: isLosslessWebp(bytes), isCmyk: false };
  }
  if (startsWith(bytes, 0, "GIF8")) {
    requireStill(framesOfGif(bytes), name);
    return readGifHeader(bytes);
  }
  // What else calls itself by HEIF's own brand is HEIC, which is known already.
  if (startsWith(bytes, 4, "ftypavif") || startsWith(bytes, 4, "ftypmif1"))
    return { format: "avif", depth: 8, lossless: false, isCmyk: false };
  const kind = unreadableKinds.find(({ at, text }) => startsWith(bytes, at, text))?.kind;
  if (kind) {
    throw new KindlingError(
      "unsupported",
      `${name}: expected ${readable}, got ${kind}, which browsers cannot decode. Save it as one of these first.`,
    );
  }
  throw new KindlingError("not-a-photo", `${name}: not a photo Kindling can read. Give it a ${readable} file.`);
}

const unreadableKinds = [
  { at: 0, text: "II*\0", kind: "TIFF" },
  { at: 0, text: "MM\0*", kind: "TIFF" },
];

/** A still GIF is written as PNG, which loses nothing of it. Source: GIF89a specification, section 18. */
function readGifHeader(bytes: Uint8Array): PhotoHeader {
  const common = { format: "png", depth: 8, lossless: true, isCmyk: false, type: "image/gif" } as const;
  if (bytes.length < 10) return common;
  const view = createView(bytes);
  return { ...common, size: { width: view.getUint16(6, true), height: view.getUint16(8, true) } };
}

/** A still would be one frame of the animation under its name. */
function requireStill(frames: number, name: string): void {
  if (frames <= 1) return;
  throw new KindlingError(
    "unsupported",
    `${name}: it is an animation of ${frames} frames. Save it as a still JPEG, PNG, WebP or AVIF first.`,
  );
}

/** Source: ITU-T T.81, B.2.2: the frame header holds precision, height, width and components. */
function readJpegHeader(bytes: Uint8Array): PhotoHeader {
  const view = createView(bytes);
  const common = { format: "jpeg", depth: 8, lossless: false } as const;
  for (let at = 2; at + 10 <= bytes.length && bytes[at] === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = bytes[at + 1];
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (!isFrame) continue;
    const components = bytes[at + 9];
    const size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    return { ...common, size, channels: components === 1 ? 1 : 3, isCmyk: components === 4 };
  }
  return { ...common, isCmyk: false };
}

/** Channels by PNG's colour type; a palette becomes colours. Source: PNG third edition (W3C), 11.2.1. */
const pngChannels: Readonly<Record<number, ChannelCount>> = { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 };

function readPngHeader(bytes: Uint8Array): PhotoHeader {
  if (bytes.length < 29) return { format: "png", depth: 8, lossless: true, isCmyk: false };
  const view = createView(bytes);
  const channels = pngChannels[bytes[25]];
  return {
    format: "png",
    depth: bytes[24] === 16 ? 16 : 8,
    lossless: true,
    size: { width: view.getUint32(16), height: view.getUint32(20) },
    isCmyk: false,
    // tRNS can make pixels of any colour type transparent: then only the pixels show it.
    ...(channels && !hasTransparentColour(bytes) && { channels }),
  };
}

function hasTransparentColour(bytes: Uint8Array): boolean {
  const view = createView(bytes);
  for (let at = 8; at + 12 <= bytes.length && !startsWith(bytes, at + 4, "IDAT"); at += 12 + view.getUint32(at)) {
    if (startsWith(bytes, at + 4, "tRNS")) return true;
  }
  return false;
}

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

function createView(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
