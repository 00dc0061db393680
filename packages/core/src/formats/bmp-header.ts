import { viewOf } from "../metadata/byte-list.ts";

/** The header of a bitmap. */
export interface BmpHeader {
  /** Bytes of the information header, by which its version is known. */
  readonly headerBytes: number;
  readonly width: number;
  readonly height: number;
  /** Whether the first row is the upper one: its height is written as a negative number. */
  readonly isTopDown: boolean;
  /** Bits a pixel. */
  readonly bits: number;
  readonly compression: number;
  /** Bytes from row to row without compression. */
  readonly stride: number;
  /** Where the pixels begin. */
  readonly pixelsAt: number;
  readonly paletteAt: number;
  /** Bytes of an entry of the palette: 3 in OS/2's first version. */
  readonly paletteEntry: 3 | 4;
  readonly paletteCount: number;
  /** Where red, green, blue and alpha stand in a pixel's bits; alpha is 0 where there is none. */
  readonly masks: readonly number[];
  /** Whether the file has a mask for alpha of its own. */
  readonly hasAlphaMask: boolean;
}

const fileHeaderBytes = 14;

/** Masks of pixels without bit fields, by their bits; 32 bits may hold alpha. */
const usualMasks: Readonly<Record<number, readonly number[]>> = {
  16: [0x7c00, 0x03e0, 0x001f, 0],
  24: [0xff0000, 0x00ff00, 0x0000ff, 0],
  32: [0xff0000, 0x00ff00, 0x0000ff, 0xff000000],
};

/** Reads the header of a bitmap of any version; nothing if it is cut short or its numbers make no sense. */
export function readBmpHeader(bytes: Uint8Array): BmpHeader | undefined {
  const view = viewOf(bytes);
  if (bytes.length < fileHeaderBytes + 12) return undefined;
  const headerBytes = view.getUint32(fileHeaderBytes, true);
  const isCore = headerBytes === 12;
  if ((!isCore && headerBytes < 16) || fileHeaderBytes + headerBytes > bytes.length) return undefined;
  /** A number of the header; headers that end before it mean zero. */
  const number = (at: number) => (at + 4 <= headerBytes ? view.getUint32(fileHeaderBytes + at, true) : 0);
  const short = (at: number) => view.getUint16(fileHeaderBytes + at, true);

  const width = isCore ? short(4) : number(4) | 0;
  const signedHeight = isCore ? short(6) : number(8) | 0;
  const bits = isCore ? short(10) : short(14);
  const compression = isCore ? 0 : number(16);
  if (width < 1 || signedHeight === 0 || bits < 1 || bits > 32) return undefined;

  // Bit fields stand behind a header of the first version, and inside later ones.
  const hasFields = compression === 3 || compression === 6;
  const fieldsBehind = hasFields && headerBytes === 40 ? (compression === 6 ? 16 : 12) : 0;
  const hasAlphaMask = hasFields && (compression === 6 || headerBytes >= 56);
  const masksAt = fileHeaderBytes + 40;
  if (hasFields && masksAt + (hasAlphaMask ? 16 : 12) > bytes.length) return undefined;
  const fields = hasFields ? [0, 4, 8].map((at) => view.getUint32(masksAt + at, true)) : undefined;
  const masks = fields
    ? [...fields, hasAlphaMask ? view.getUint32(masksAt + 12, true) : 0]
    : (usualMasks[bits] ?? [0, 0, 0, 0]);

  const paletteAt = fileHeaderBytes + headerBytes + fieldsBehind;
  const paletteEntry = isCore ? 3 : 4;
  const pixelsAt = view.getUint32(10, true) || paletteAt;
  const room = Math.max(0, Math.floor((Math.min(pixelsAt, bytes.length) - paletteAt) / paletteEntry));
  const wanted = bits > 8 ? 0 : (isCore ? 0 : number(32)) || 2 ** bits;
  return {
    headerBytes,
    width,
    height: Math.abs(signedHeight),
    isTopDown: signedHeight < 0,
    bits,
    compression,
    stride: Math.ceil((width * bits) / 32) * 4,
    pixelsAt,
    paletteAt,
    paletteEntry,
    paletteCount: Math.min(wanted, room, 256),
    masks,
    hasAlphaMask,
  };
}
