import type { BmpHeader } from "./bmp-header.ts";

/**
 * Expands the run lengths of a bitmap (RLE4, RLE8) to one palette index a pixel, rows from the top; pixels that are jumped
 * over have index 0.
 *
 * @returns nothing if the data ends before the picture does.
 */
export function expandRuns(
  data: Uint8Array,
  { width, height }: Pick<BmpHeader, "width" | "height">,
  bits: 4 | 8,
): Uint8Array | undefined {
  const indices = new Uint8Array(width * height);
  let [x, y] = [0, height - 1];
  /** Where a row begins; rows below the picture are written nowhere. */
  const place = () => y * width + x;
  for (let at = 0; at + 1 < data.length; ) {
    const count = data[at]!;
    const value = data[at + 1]!;
    at += 2;
    if (count > 0) {
      const end = Math.min(x + count, width);
      if (y >= 0 && bits === 8) indices.fill(value, place(), place() + Math.max(0, end - x));
      else if (y >= 0) for (let i = 0; x + i < end; i++) indices[place() + i] = i & 1 ? value & 15 : value >> 4;
      x = end;
    } else if (value === 0) {
      [x, y] = [0, y - 1];
    } else if (value === 1) {
      return indices;
    } else if (value === 2) {
      x = Math.min(x + (data[at] ?? 0), width);
      y -= data[at + 1] ?? 0;
      at += 2;
    } else {
      const bytes = bits === 8 ? value : (value + 1) >> 1;
      const end = Math.min(x + value, width);
      if (y >= 0) {
        for (let i = 0; x + i < end; i++) {
          const packed = data[at + (bits === 8 ? i : i >> 1)] ?? 0;
          indices[place() + i] = bits === 8 ? packed : i & 1 ? packed & 15 : packed >> 4;
        }
      }
      x = end;
      // What is not a run begins and ends on words of two bytes.
      at += bytes + (bytes & 1);
    }
    // Some programs leave the last marker out.
    if (y < 0 || (y === 0 && x >= width && at + 1 >= data.length)) return indices;
  }
  return undefined;
}
