import { KindlingError } from "../errors.ts";
import type { ChannelCount } from "../image/picture.ts";
import { hasAscii, viewOf } from "../metadata/byte-list.ts";
import { resolutionOf } from "../metadata/exif-statements.ts";
import { type BmpHeader, readBmpHeader } from "./bmp-header.ts";
import { expandRuns } from "./bmp-runs.ts";
import { type DecodedSource, damagedFile, type SourceOptions } from "./decoded-source.ts";

/**
 * Decodes a Windows or OS/2 bitmap: 1 to 32 bits, run lengths of 4 and 8 bits, bit fields, rows from either end.
 *
 * A palette of greys gives grey. The fourth byte of 32 bits is alpha where a mask says so; without a mask, where it is
 * not zero everywhere, as many programs write it. Source: Microsoft, Bitmap Storage; OS/2 Presentation Manager.
 *
 * @throws {KindlingError} `damaged` if it is cut short, `unsupported` for a JPEG, PNG or fax inside a bitmap, what
 * `requireSize` throws.
 */
export function decodeBmp(bytes: Uint8Array, { name, requireSize }: SourceOptions): DecodedSource {
  const header = readBmpHeader(bytes);
  if (!header) throw damagedFile(name, "the bitmap is damaged or cut short");
  requireSize(header);
  const read = readers[header.compression];
  if (!read || ![1, 2, 4, 8, 16, 24, 32].includes(header.bits)) {
    throw new KindlingError(
      "unsupported",
      `${name}: a bitmap of ${header.bits} bits and compression ${header.compression} cannot be read. Save it as PNG first.`,
    );
  }
  const { channels, samples } = read(bytes, header) ?? {};
  if (!channels || !samples) throw damagedFile(name, "the bitmap is damaged or cut short");
  const { width, height } = header;
  return { pixels: { width, height, channels, samples }, ...describe(bytes, header) };
}

interface Samples {
  readonly channels: ChannelCount;
  readonly samples: Uint8Array;
}

type Reader = (bytes: Uint8Array, header: BmpHeader) => Samples | undefined;

/** By the number of the compression; 6 differs from 3 in nothing but that it has a mask for alpha. */
const readers: Readonly<Record<number, Reader>> = {
  0: (bytes, header) => (header.bits <= 8 ? readIndices(bytes, header) : readColours(bytes, header)),
  1: (bytes, header) => readRuns(bytes, header, 8),
  2: (bytes, header) => readRuns(bytes, header, 4),
  3: readColours,
  6: readColours,
};

function readRuns(bytes: Uint8Array, header: BmpHeader, bits: 4 | 8): Samples | undefined {
  const indices = header.bits === bits ? expandRuns(bytes.subarray(header.pixelsAt), header, bits) : undefined;
  return indices && throughPalette(indices, bytes, header);
}

function readIndices(bytes: Uint8Array, header: BmpHeader): Samples | undefined {
  const { width, height, bits, pixelsAt, stride } = header;
  if (pixelsAt + stride * height > bytes.length) return undefined;
  const indices = new Uint8Array(width * height);
  const perByte = 8 / bits;
  const mask = (1 << bits) - 1;
  for (let y = 0, to = 0; y < height; y++) {
    const from = rowAt(header, y);
    for (let x = 0; x < width; x++) {
      indices[to++] = (bytes[from + Math.floor(x / perByte)]! >> (8 - bits * ((x % perByte) + 1))) & mask;
    }
  }
  return throughPalette(indices, bytes, header);
}

function throughPalette(indices: Uint8Array, bytes: Uint8Array, header: BmpHeader): Samples {
  const { paletteAt, paletteEntry, paletteCount } = header;
  const palette = new Uint8Array(256 * 3);
  for (let i = 0; i < paletteCount; i++) {
    const at = paletteAt + i * paletteEntry;
    for (let c = 0; c < 3; c++) palette[3 * i + c] = bytes[at + 2 - c] ?? 0;
  }
  if (palette.every((value, i) => value === palette[i - (i % 3)])) {
    return { channels: 1, samples: indices.map((index) => palette[3 * index]!) };
  }
  const samples = new Uint8Array(indices.length * 3);
  for (let i = 0, to = 0; i < indices.length; i++, to += 3) {
    const from = 3 * indices[i]!;
    samples[to] = palette[from]!;
    samples[to + 1] = palette[from + 1]!;
    samples[to + 2] = palette[from + 2]!;
  }
  return { channels: 3, samples };
}

function readColours(bytes: Uint8Array, header: BmpHeader): Samples | undefined {
  const { width, height, bits, pixelsAt, stride, masks } = header;
  if (bits < 16 || pixelsAt + stride * height > bytes.length) return undefined;
  const view = viewOf(bytes);
  const samples = new Uint8Array(width * height * 4);
  const tables = masks.map(levelsOfMask);
  const step = bits / 8;
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0, from = rowAt(header, y); x < width; x++, from += step) {
      // Three bytes are read one by one: the last pixel may end the file.
      const word =
        step === 3
          ? bytes[from]! | (bytes[from + 1]! << 8) | (bytes[from + 2]! << 16)
          : step === 2
            ? view.getUint16(from, true)
            : view.getUint32(from, true);
      for (const { shift, size, levels } of tables) samples[to++] = levels[(word >>> shift) & size]!;
    }
  }
  return alphaMeans(samples, header) ? { channels: 4, samples } : { channels: 3, samples: withoutAlpha(samples) };
}

interface MaskLevels {
  readonly shift: number;
  readonly size: number;
  /** What each value behind the mask is in 8 bits. */
  readonly levels: Uint8Array;
}

/** Masks wider than 8 bits give their upper 8. */
function levelsOfMask(mask: number): MaskLevels {
  if (mask === 0) return { shift: 0, size: 0, levels: Uint8Array.of(255) };
  let shift = 31 - Math.clz32(mask & -mask);
  const bits = Math.min(32 - Math.clz32(mask >>> shift), 32);
  const kept = Math.min(bits, 8);
  shift += bits - kept;
  const size = (1 << kept) - 1;
  return { shift, size, levels: Uint8Array.from({ length: size + 1 }, (_, i) => Math.round((255 * i) / size)) };
}

function alphaMeans(samples: Uint8Array, { masks, hasAlphaMask }: BmpHeader): boolean {
  if (masks[3] === 0) return false;
  let [least, most] = [255, 0];
  for (let i = 3; i < samples.length; i += 4) {
    least = Math.min(least, samples[i]!);
    most = Math.max(most, samples[i]!);
  }
  return least < 255 && (hasAlphaMask || most > 0);
}

function withoutAlpha(samples: Uint8Array): Uint8Array {
  const colours = new Uint8Array((samples.length / 4) * 3);
  for (let from = 0, to = 0; to < colours.length; from += 4, to += 3) {
    colours[to] = samples[from]!;
    colours[to + 1] = samples[from + 1]!;
    colours[to + 2] = samples[from + 2]!;
  }
  return colours;
}

function rowAt({ height, isTopDown, pixelsAt, stride }: BmpHeader, y: number): number {
  return pixelsAt + stride * (isTopDown ? y : height - 1 - y);
}

const metresPerInch = 0.0254;

/** The resolution, and the profile that a header of version 5 embeds; colours told in other ways are left out and told. */
function describe(bytes: Uint8Array, { headerBytes }: BmpHeader): Pick<DecodedSource, "metadata" | "notes"> {
  const view = viewOf(bytes);
  const number = (at: number) => (at + 4 <= headerBytes ? view.getUint32(14 + at, true) : 0);
  const resolution = resolutionOf(number(24), number(28), metresPerInch, { isKnown: true });
  const at = 14 + number(112);
  const length = number(116);
  const isEmbedded = headerBytes >= 124 && hasAscii(bytes, 14 + 56, "DEBM");
  const icc = isEmbedded && length >= 128 && at + length <= bytes.length ? bytes.slice(at, at + length) : undefined;
  // Endpoints stand behind the kind of the colour space, which is 0 where they count.
  const hasEndpoints = headerBytes >= 108 && number(56) === 0 && number(60) > 0;
  const isLinked = headerBytes >= 124 && hasAscii(bytes, 14 + 56, "KNIL");
  const left = hasEndpoints ? "endpoints and gamma are" : isLinked ? "profile in another file is" : undefined;
  return {
    metadata: { ...(icc && { icc }), ...(resolution && { resolution }) },
    notes: left ? [`its ${left} left out: its colours are read as sRGB`] : [],
  };
}
