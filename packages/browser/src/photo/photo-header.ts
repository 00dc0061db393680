import { type ChannelCount, isLosslessWebp, KindlingError, type PhotoFormat, type SampleDepth } from "@kindling/core";

/** What the first bytes of a photo file tell, as far as its format says it there. */
export interface PhotoHeader {
  readonly format: PhotoFormat;
  readonly depth: SampleDepth;
  readonly lossless: boolean;
  /** Where the header names them; else they are seen in the pixels. */
  readonly channels?: ChannelCount;
  /** Where the header names them, before any rotation. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Printing inks instead of light. */
  readonly isCmyk: boolean;
}

const readable = "JPEG, PNG, WebP or AVIF";

/**
 * Looks at the first bytes of a file: what kind of photo it is, and how large, before anything is unpacked.
 *
 * @throws {KindlingError} `damaged` for an empty file, `unsupported` for pictures of other kinds, `not-a-photo`.
 */
export function readPhotoHeader(bytes: Uint8Array, name: string): PhotoHeader {
  if (bytes.length === 0) {
    throw new KindlingError("damaged", `${name}: the file is empty. Copy it again from its source.`);
  }
  if (startsWith(bytes, 0, "\xff\xd8\xff")) return jpegHeader(bytes);
  if (startsWith(bytes, 0, "\x89PNG\r\n\x1a\n")) return pngHeader(bytes);
  if (startsWith(bytes, 0, "RIFF") && startsWith(bytes, 8, "WEBP")) {
    return { format: "webp", depth: 8, lossless: isLosslessWebp(bytes), isCmyk: false };
  }
  if (startsWith(bytes, 4, "ftypavif")) return { format: "avif", depth: 8, lossless: false, isCmyk: false };
  const kind = otherKinds.find(({ at, text }) => startsWith(bytes, at, text))?.kind;
  if (kind) {
    throw new KindlingError(
      "unsupported",
      `${name}: ${kind} files cannot be read in a browser. Save it as ${readable} first.`,
    );
  }
  throw new KindlingError("not-a-photo", `${name}: not a photo Kindling can read. Give it a ${readable} file.`);
}

const otherKinds = [
  { at: 0, text: "GIF8", kind: "GIF" },
  { at: 0, text: "BM", kind: "BMP" },
  { at: 0, text: "II*\0", kind: "TIFF or raw" },
  { at: 0, text: "MM\0*", kind: "TIFF or raw" },
  { at: 4, text: "ftyphei", kind: "HEIC" },
  { at: 4, text: "ftypmif1", kind: "HEIC" },
  { at: 4, text: "ftypcrx", kind: "raw" },
];

/** Source: ITU-T T.81, B.2.2: the frame header holds precision, height, width and components. */
function jpegHeader(bytes: Uint8Array): PhotoHeader {
  const view = viewOf(bytes);
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

function pngHeader(bytes: Uint8Array): PhotoHeader {
  if (bytes.length < 29) return { format: "png", depth: 8, lossless: true, isCmyk: false };
  const view = viewOf(bytes);
  const channels = pngChannels[bytes[25]];
  return {
    format: "png",
    depth: bytes[24] === 16 ? 16 : 8,
    lossless: true,
    size: { width: view.getUint32(16), height: view.getUint32(20) },
    isCmyk: false,
    // One transparent colour can be named beside any palette or picture: then the pixels tell.
    ...(channels && !hasTransparentColour(bytes) && { channels }),
  };
}

function hasTransparentColour(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  for (let at = 8; at + 12 <= bytes.length && !startsWith(bytes, at + 4, "IDAT"); at += 12 + view.getUint32(at)) {
    if (startsWith(bytes, at + 4, "tRNS")) return true;
  }
  return false;
}

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
