import { type JpegSegment, jpegSegment } from "@kindling/core/internal";
import { type JpegCodes, listCodes, shortestCodes } from "./jpeg-codes.ts";
import { heightAt, type JpegScan, marker, placeOfTable, readJpegScan, walkScan } from "./jpeg-scan.ts";

/**
 * Joins JPEGs that one encoder made of the strips of a picture, from the top, to the JPEG of the whole: no value changes,
 * only codes do. Where the encoder finds the shortest codes, as Chromium's does, the result is byte for byte the file that
 * it would have made of the whole.
 *
 * @returns undefined where they cannot be joined: not sequential, of different quality, or not cut between blocks.
 */
export function joinJpegs(strips: readonly Uint8Array[]): Uint8Array | undefined {
  const scans = strips.map(readJpegScan).filter((scan) => scan !== undefined);
  const [first] = scans;
  if (!first || scans.length < strips.length || !fit(scans)) return undefined;
  const height = scans.reduce((sum, scan) => sum + scan.height, 0);
  if (height > 0xffff) return undefined;

  const occurrences = first.tables.map(() => new Float64Array(256));
  walkAll(scans, (table, symbol) => occurrences[table][symbol]++);
  const codes = occurrences.map(shortestCodes);

  const writer = createWriter(strips.reduce((sum, { length }) => sum + length, 0));
  writer.putBytes([0xff, 0xd8]);
  for (const segment of first.segments) writer.putBytes(rewrite(segment, height, codes));
  const headerLength = 2 + first.scan[2] * 256 + first.scan[3];
  writer.putBytes(first.scan.subarray(0, headerLength));
  const listed = codes.map(listCodes);
  walkAll(scans, (table, symbol, extra) => {
    const code = listed[table][symbol];
    writer.putBits(code >>> 5, code & 31);
    writer.putBits(extra, symbol & 15);
  });
  writer.endBits();
  writer.putBytes([0xff, 0xd9]);
  return writer.written();
}

/** Whether scans are strips of one picture: all but their codes and heights is the same, and they end between blocks. */
function fit(scans: readonly JpegScan[]): boolean {
  const described = scans.map(({ segments, scan }) => {
    const heads = segments
      .filter((segment) => segment.marker !== marker.codes)
      .map((segment) => [
        segment.marker,
        ...(segment.marker === marker.frame ? withHeight(segment, 0) : segment.payload),
      ]);
    return `${heads.join("|")}|${scan.subarray(0, 2 + scan[2] * 256 + scan[3])}`;
  });
  return (
    described.every((one) => one === described[0]) &&
    scans.slice(0, -1).every(({ height, unitRows }) => height % unitRows === 0)
  );
}

function walkAll(scans: readonly JpegScan[], take: Parameters<typeof walkScan>[2]): void {
  const values = new Int32Array(scans[0]?.components.length ?? 0);
  for (const scan of scans) walkScan(scan, values, take);
}

/** A segment of a strip as one of the whole. */
function rewrite(segment: JpegSegment, height: number, codes: readonly JpegCodes[]): Uint8Array {
  if (segment.marker === marker.frame) return jpegSegment(segment.marker, withHeight(segment, height));
  if (segment.marker !== marker.codes) return jpegSegment(segment.marker, segment.payload);
  const tables: Uint8Array[] = [];
  const { payload } = segment;
  for (let at = 0; at < payload.length; ) {
    const { counts, symbols } = codes[placeOfTable(payload[at])];
    tables.push(payload.subarray(at, at + 1), counts, symbols);
    at += 17 + payload.subarray(at + 1, at + 17).reduce((sum, count) => sum + count, 0);
  }
  return jpegSegment(segment.marker, ...tables);
}

function withHeight({ payload }: JpegSegment, height: number): Uint8Array {
  const frame = payload.slice();
  [frame[heightAt], frame[heightAt + 1]] = [height >> 8, height & 0xff];
  return frame;
}

/** Writes bytes, and bits as scans hold them. @param expected bytes. */
function createWriter(expected: number) {
  let bytes = new Uint8Array(expected);
  let at = 0;
  let held = 0;
  let count = 0;
  const put = (byte: number) => {
    if (at === bytes.length) {
      const larger = new Uint8Array(Math.ceil(1.25 * at) + 64);
      larger.set(bytes);
      bytes = larger;
    }
    bytes[at++] = byte;
  };
  /** At most 16 bits. */
  const putBits = (value: number, length: number) => {
    held = (held << length) | value;
    count += length;
    while (count >= 8) {
      count -= 8;
      const byte = (held >>> count) & 0xff;
      put(byte);
      // Tells that it is no marker.
      if (byte === 0xff) put(0);
    }
  };
  return {
    putBytes(values: Iterable<number>) {
      for (const value of values) put(value);
    },
    putBits,
    /** Fills the last byte with ones. */
    endBits() {
      if (count > 0) putBits((1 << (8 - count)) - 1, 8 - count);
    },
    written: () => bytes.subarray(0, at),
  };
}
