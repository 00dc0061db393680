import { labConverter } from "../colour/lab.ts";
import { type Steps, within } from "../flow/steps.ts";
import { mirrorIndex } from "../image/axis-filter.ts";
import { copyAlpha, createPicture, createPlane, type Picture, type Plane } from "../image/picture.ts";
import { roundHalfEven } from "../image/round-half-even.ts";
import { overRows } from "../image/row-blocks.ts";
import type { MethodContext } from "./method.ts";

/** Bins of every tile's histogram, whatever the precision of the picture. */
const tileBins = 256;

/** Turns the histogram of one tile into its tone table (bin in, bin out, not rounded). May change the histogram. */
export type TileTable = (histogram: Float64Array, area: number) => Float32Array;

/**
 * Equalises the lightness of a picture tile by tile, blending the tone tables of the four tiles around each pixel.
 *
 * RGB is changed in the L of CIELAB, grey directly. The grid of `tiles` x `tiles` tiles, the mirrored margin that
 * completes the last ones, the float32 blend and its rounding are OpenCV's (`createCLAHE`), byte for byte with 255
 * levels. With 65535 levels nothing is rounded: histograms keep 256 bins, and a value between two bins reads its
 * table between them.
 */
export function* equaliseTiles(
  picture: Picture,
  tiles: number,
  tableOf: TileTable,
  { levels }: MethodContext,
): Steps<Picture> {
  const { width, height, channels, samples } = picture;
  const isGrey = channels <= 2;
  // Its tables take longer than a small grey picture.
  const converter = isGrey ? undefined : labConverter(levels);
  const lab = new Float64Array(3 * width);

  const lightness = createPlane(width, height);
  yield* within(
    0,
    0.25,
    overRows(height, width, (from, to) => {
      for (let y = from; y < to; y++) {
        converter?.toLab(picture, y * width, width, lab);
        for (let x = 0; x < width; x++) {
          const grey = samples[(y * width + x) * channels] * 255;
          lightness.values[y * width + x] = isGrey ? (levels === 255 ? Math.round(grey) : grey) : lab[3 * x];
        }
      }
    }),
  );

  const grid = tileGrid(width, height, tiles);
  const tables = yield* within(0.25, 0.4, tileTables(lightness, grid, tableOf, levels));

  const result = createPicture(width, height, channels);
  const blend = tileBlend(width, grid, tables, levels);
  yield* within(
    0.4,
    1,
    overRows(height, width, (from, to) => {
      for (let y = from; y < to; y++) {
        const row = lightness.values.subarray(y * width, (y + 1) * width);
        blend(row, y);
        if (!converter) {
          for (let x = 0; x < width; x++) result.samples[(y * width + x) * channels] = row[x] / 255;
        } else {
          converter.toLab(picture, y * width, width, lab);
          for (let x = 0; x < width; x++) lab[3 * x] = row[x];
          converter.fromLab(lab, result, y * width, width);
        }
      }
      copyAlpha(picture, result, from * width, to * width);
    }),
  );
  return result;
}

interface TileGrid {
  readonly tiles: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
}

/** OpenCV's grid: one side that does not divide evenly makes both sides grow, an even one by a whole row of pixels. */
function tileGrid(width: number, height: number, tiles: number): TileGrid {
  const isEven = width % tiles === 0 && height % tiles === 0;
  const grown = (side: number) => (isEven ? side : side + tiles - (side % tiles));
  return { tiles, tileWidth: grown(width) / tiles, tileHeight: grown(height) / tiles };
}

function* tileTables(plane: Plane, grid: TileGrid, tableOf: TileTable, levels: number): Steps<Float32Array[]> {
  const { tiles, tileWidth, tileHeight } = grid;
  const { width, height, values } = plane;
  const histogram = new Float64Array(tileBins);
  const tables: Float32Array[] = [];
  yield* overRows(tiles * tiles, tileWidth * tileHeight, (from, to) => {
    for (let tile = from; tile < to; tile++) {
      const left = (tile % tiles) * tileWidth;
      const top = Math.floor(tile / tiles) * tileHeight;
      histogram.fill(0);
      for (let y = top; y < top + tileHeight; y++) {
        const row = mirrorIndex(y, height) * width;
        for (let x = left; x < left + tileWidth; x++) {
          histogram[(values[row + (x < width ? x : mirrorIndex(x, width))] + 0.5) | 0]++;
        }
      }
      const table = tableOf(histogram, tileWidth * tileHeight);
      tables.push(levels === 255 ? table.map(roundHalfEven) : table);
    }
  });
  return tables;
}

/** The function that replaces a row of lightness by its equalised values. */
function tileBlend(
  width: number,
  grid: TileGrid,
  tables: readonly Float32Array[],
  levels: number,
): (row: Float32Array, y: number) => void {
  const { tiles, tileWidth, tileHeight } = grid;
  // One flat array with the last bin repeated after each table: a value of exactly 255 reads one beyond it.
  const stride = tileBins + 1;
  const flat = new Float32Array(tables.length * stride);
  for (const [tile, table] of tables.entries()) {
    flat.set(table, tile * stride);
    flat[tile * stride + tileBins] = table[tileBins - 1];
  }
  const { fround } = Math;
  const place = (position: number, tileSide: number) => {
    const at = fround(fround(position * fround(1 / tileSide)) - 0.5);
    const before = Math.floor(at);
    return { before: Math.max(before, 0), after: Math.min(before + 1, tiles - 1), share: fround(at - before) };
  };
  const places = Array.from({ length: width }, (_, x) => place(x, tileWidth));
  const left = Int32Array.from(places, ({ before }) => before * stride);
  const right = Int32Array.from(places, ({ after }) => after * stride);
  const shares = Float32Array.from(places, ({ share }) => share);
  return (row, y) => {
    const vertical = place(y, tileHeight);
    const above = vertical.before * tiles * stride;
    const below = vertical.after * tiles * stride;
    const ya = vertical.share;
    const ya1 = fround(1 - ya);
    for (let x = 0; x < width; x++) {
      const xa = shares[x];
      const xa1 = fround(1 - xa);
      const value = row[x];
      const bin = value | 0;
      const fraction = fround(value - bin);
      const a = readTable(flat, above + left[x] + bin, fraction);
      const b = readTable(flat, above + right[x] + bin, fraction);
      const c = readTable(flat, below + left[x] + bin, fraction);
      const d = readTable(flat, below + right[x] + bin, fraction);
      const upper = fround(fround(a * xa1) + fround(b * xa));
      const lower = fround(fround(c * xa1) + fround(d * xa));
      const blended = fround(fround(upper * ya1) + fround(lower * ya));
      row[x] = levels === 255 ? roundHalfEven(blended) : blended;
    }
  };
}

function readTable(table: Float32Array, index: number, fraction: number): number {
  return Math.fround(table[index] + Math.fround(fraction * Math.fround(table[index + 1] - table[index])));
}
