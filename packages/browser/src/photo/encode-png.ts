import { concatBytes, type IntegerPixels, pngChunk } from "@kindling/core/internal";

/** The byte for the kinds of pixels of a PNG, by their channels: grey, grey and alpha, RGB, RGB and alpha. */
const colourTypes = { 1: 0, 2: 4, 3: 2, 4: 6 } as const;

/** Bytes of filtered rows that are handed to the compressor at a time. */
const bandBytes = 1 << 20;

/**
 * Writes pixels as a PNG of their own depth and channels. A canvas holds 8 bits and colours multiplied by alpha, and writes
 * alpha for what has none.
 *
 * Each row takes the filter of the least sum of differences, as the specification advises (PNG third edition, 12.7).
 */
export async function encodePng({ width, height, channels, samples }: IntegerPixels): Promise<Uint8Array> {
  const sampleBytes = samples instanceof Uint16Array ? 2 : 1;
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8 * sampleBytes, colourTypes[channels]], 8);
  const rows = filterRows(samples, width * channels, channels * sampleBytes);
  return concatBytes(
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    pngChunk("IHDR", header),
    pngChunk("IDAT", await compress(rows)),
    pngChunk("IEND"),
  );
}

async function compress(parts: Iterable<Uint8Array<ArrayBuffer>>): Promise<Uint8Array> {
  const { readable, writable } = new CompressionStream("deflate");
  const write = async () => {
    const writer = writable.getWriter();
    for (const part of parts) await writer.write(part);
    await writer.close();
  };
  const [packed] = await Promise.all([new Response(readable).arrayBuffer(), write()]);
  return new Uint8Array(packed);
}

/**
 * Filters rows, in bands: before each row stands the number of its filter.
 *
 * @param length samples of a row.
 * @param step bytes of a pixel.
 */
function* filterRows(
  samples: IntegerPixels["samples"],
  length: number,
  step: number,
): Iterable<Uint8Array<ArrayBuffer>> {
  const rowBytes = samples instanceof Uint16Array ? 2 * length : length;
  const height = samples.length / length;
  const bandRows = Math.max(1, Math.floor(bandBytes / rowBytes));
  // Before the first pixel of a row lie `step` zeros, so that no pixel is a special case.
  let above = new Uint8Array(step + rowBytes);
  let row = new Uint8Array(step + rowBytes);
  const tried = filters.map(({ filter, number }) => ({ filter, number, bytes: new Uint8Array(rowBytes) }));
  for (let top = 0; top < height; top += bandRows) {
    const rows = Math.min(bandRows, height - top);
    const band = new Uint8Array(rows * (1 + rowBytes));
    for (let y = 0; y < rows; y++) {
      readRow(samples, (top + y) * length, length, row.subarray(step));
      let [best] = tried;
      let least = Number.POSITIVE_INFINITY;
      for (const each of tried) {
        const sum = each.filter(row, above, step, each.bytes);
        if (sum < least) [best, least] = [each, sum];
      }
      const at = y * (1 + rowBytes);
      band[at] = best?.number ?? 0;
      band.set(best?.bytes ?? row.subarray(step), at + 1);
      [above, row] = [row, above];
    }
    yield band;
  }
}

/** The bytes of a row: of two the higher comes first. */
function readRow(samples: IntegerPixels["samples"], from: number, length: number, row: Uint8Array): void {
  if (samples instanceof Uint8Array) {
    row.set(samples.subarray(from, from + length));
    return;
  }
  for (let i = 0; i < length; i++) {
    row[2 * i] = samples[from + i] >> 8;
    row[2 * i + 1] = samples[from + i];
  }
}

/** Writes a row less its prediction, and adds up how far the differences are from 0. */
type Filter = (row: Uint8Array, above: Uint8Array, step: number, filtered: Uint8Array) => number;

const filterLeft: Filter = (row, _, step, filtered) => {
  let sum = 0;
  for (let i = step; i < row.length; i++) {
    const difference = row[i] - row[i - step];
    filtered[i - step] = difference;
    sum += distance(difference);
  }
  return sum;
};

const filterAbove: Filter = (row, above, step, filtered) => {
  let sum = 0;
  for (let i = step; i < row.length; i++) {
    const difference = row[i] - above[i];
    filtered[i - step] = difference;
    sum += distance(difference);
  }
  return sum;
};

/** Paeth's: the nearest of left, above and above left to what a plane through them predicts. */
const filterNearest: Filter = (row, above, step, filtered) => {
  let sum = 0;
  for (let i = step; i < row.length; i++) {
    const a = row[i - step];
    const b = above[i];
    const c = above[i - step];
    const toA = Math.abs(b - c);
    const toB = Math.abs(a - c);
    const toC = Math.abs(a + b - 2 * c);
    const difference = row[i] - (toA <= toB && toA <= toC ? a : toB <= toC ? b : c);
    filtered[i - step] = difference;
    sum += distance(difference);
  }
  return sum;
};

const filters = [
  { number: 1, filter: filterLeft },
  { number: 2, filter: filterAbove },
  { number: 4, filter: filterNearest },
] as const;

/** How far a difference of bytes, which wraps around, is from 0. */
function distance(difference: number): number {
  const byte = difference & 0xff;
  return byte < 128 ? byte : 256 - byte;
}
