import { headSegments, type JpegSegment } from "@kindling/core/internal";
import { indexCodes } from "./jpeg-codes.ts";

/** A component's blocks in a scan. */
interface ScanComponent {
  /** Blocks in each unit of the scan. */
  readonly blocks: number;
  /** Place of its table of first values in `JpegScan.tables`. */
  readonly first: number;
  /** That of its table of other values. */
  readonly others: number;
}

/** A JPEG of one sequential scan. */
export interface JpegScan {
  /** What stands before the scan's header. */
  readonly segments: readonly JpegSegment[];
  /** The scan's header and its codes, up to the end of the file. */
  readonly scan: Uint8Array;
  readonly height: number;
  readonly components: readonly ScanComponent[];
  /** Units of the scan, and the rows of pixels that one covers. */
  readonly units: number;
  readonly unitRows: number;
  /** Tables by class and number: two of first values, then two of others; each as `indexCodes` makes it. */
  readonly tables: readonly (Uint16Array | undefined)[];
}

/** Markers. Source: ITU-T T.81, table B.1. */
export const marker = { frame: 0xc0, codes: 0xc4, scan: 0xda, restarts: 0xdd } as const;

/** A frame's payload: where its height stands. */
export const heightAt = 1;

/**
 * Reads the structure of a JPEG.
 *
 * @returns undefined where it is not of 8 bits, sequential, of one scan without restarts.
 */
export function readJpegScan(bytes: Uint8Array): JpegScan | undefined {
  const segments = [...headSegments(bytes)];
  const last = segments.at(-1)?.payload;
  const frame = segments.find((segment) => segment.marker === marker.frame)?.payload;
  if (!last || !frame || segments.some((segment) => segment.marker === marker.restarts)) return undefined;
  const scan = bytes.subarray(last.byteOffset - bytes.byteOffset + last.length);
  const count = frame[5];
  if (scan[1] !== marker.scan || frame[0] !== 8 || scan[4] !== count) return undefined;
  const sides = Array.from({ length: count }, (_, i) => frame[7 + 3 * i]);
  const [across, down] = [Math.max(...sides.map((side) => side >> 4)), Math.max(...sides.map((side) => side & 15))];
  // A component alone comes block by block, whatever its sides.
  if (count === 1 && (across > 1 || down > 1)) return undefined;
  const [height, width] = [frame[heightAt] * 256 + frame[heightAt + 1], frame[3] * 256 + frame[4]];
  return {
    segments,
    scan,
    height,
    components: sides.map((side, i) => ({
      blocks: (side >> 4) * (side & 15),
      first: scan[6 + 2 * i] >> 4,
      others: 2 + (scan[6 + 2 * i] & 15),
    })),
    units: Math.ceil(width / (8 * across)) * Math.ceil(height / (8 * down)),
    unitRows: 8 * down,
    tables: tablesOf(segments),
  };
}

function tablesOf(segments: readonly JpegSegment[]): (Uint16Array | undefined)[] {
  const tables: (Uint16Array | undefined)[] = [undefined, undefined, undefined, undefined];
  for (const { payload } of segments.filter((segment) => segment.marker === marker.codes)) {
    for (let at = 0; at < payload.length; ) {
      const counts = payload.subarray(at + 1, at + 17);
      const end = at + 17 + counts.reduce((sum, count) => sum + count, 0);
      tables[placeOfTable(payload[at])] = indexCodes({ counts, symbols: payload.subarray(at + 17, end) });
      at = end;
    }
  }
  return tables;
}

/** Where the table of a class and number, as a file tells them, stands in `JpegScan.tables`. */
export function placeOfTable(classAndNumber: number): number {
  return 2 * (classAndNumber >> 4) + (classAndNumber & 15);
}

/** Takes a symbol of a table, and the bits that follow its code: as many as its lower four bits tell. */
export type TakeSymbol = (table: number, symbol: number, extra: number) => void;

/**
 * Goes through the symbols of a scan as if it went on from another one: its first values, which count from the ones before,
 * begin with zero in a file of its own.
 *
 * @param values the last first value of each component of the scan before; becomes that of this one.
 */
export function walkScan({ scan, components, units, tables }: JpegScan, values: Int32Array, take: TakeSymbol): void {
  // Behind the header, whose length stands at its beginning.
  let at = 2 + scan[2] * 256 + scan[3];
  let held = 0;
  let count = 0;
  const fill = () => {
    while (count <= 16) {
      const byte = scan[at++];
      // A zero behind 255 tells that it is no marker.
      if (byte === 0xff) at++;
      held = (held << 8) | byte;
      count += 8;
    }
  };
  const symbolOf = (index: Uint16Array) => {
    fill();
    const found = index[(held >>> (count - 16)) & 0xffff];
    count -= found >> 8;
    return found & 0xff;
  };
  const bits = (length: number) => {
    fill();
    count -= length;
    return (held >>> count) & ((1 << length) - 1);
  };
  const own = new Int32Array(components.length);
  for (let unit = 0; unit < units; unit++) {
    for (let c = 0; c < components.length; c++) {
      const { blocks, first, others } = components[c];
      const [firstIndex, otherIndex] = [tables[first], tables[others]];
      if (!firstIndex || !otherIndex) throw new Error("A JPEG without the codes of its scan.");
      for (let block = 0; block < blocks; block++) {
        const length = symbolOf(firstIndex);
        own[c] += signed(bits(length), length);
        const step = own[c] - values[c];
        values[c] = own[c];
        const stepLength = 32 - Math.clz32(Math.abs(step));
        take(first, stepLength, step < 0 ? step + 2 ** stepLength - 1 : step);
        for (let place = 1; place < 64; ) {
          const symbol = symbolOf(otherIndex);
          const size = symbol & 15;
          take(others, symbol, bits(size));
          // Without a value it is a run of zeros, or the end of the block.
          if (size === 0 && symbol !== 0xf0) break;
          place += (symbol >> 4) + 1;
        }
      }
    }
  }
}

/** A value from its bits: those that begin with zero stand for a negative one. Source: ITU-T T.81, F.2.2.1. */
function signed(bits: number, length: number): number {
  return length > 0 && bits < 2 ** (length - 1) ? bits - 2 ** length + 1 : bits;
}
