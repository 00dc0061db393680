import type { Picture } from "@kindling/core";
import type { Tile, TileSink } from "@kindling/core/internal";
import { emberCells, keptAtWhite, whiteFrom } from "./facts.ts";
import { readPixels } from "./photo-rows.ts";
import { type RowKernel, rowKernel } from "./row-kernel.ts";

/** What the overview decides: three grids over the whole picture, and three numbers. */
export interface LightGrids {
  /** Natural logarithms of gains, [tones, cells, cells]. */
  readonly gains: Float32Array;
  /** Gains of red, green and blue that remove the colour cast, [3, cells, cells]. */
  readonly balance: Float32Array;
  /** Factors of saturation, [1, cells, cells]. */
  readonly saturation: Float32Array;
  /** Brightness of the whole picture (`emberBrightness`). */
  readonly brightness: number;
  /** Factor of all gains, 0 to 1 (`shareWithSignal`). */
  readonly share: number;
  /** Factor of the noise that is removed, 0 to 1. */
  readonly noiseShare: number;
}

/** What an analysis found in a piece of a row. */
interface FoundRow {
  /** Holds what is added to the square roots of red, green and blue, each from its own position on. */
  readonly detail: Float32Array;
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  /** Holds the share of the gain that the signal bears, 0 to 1. */
  readonly confidence: Float32Array;
  readonly sure: number;
}

/** Takes the pixels `from` to `to` (exclusive) of a row: their own roots, the restored ones and the gains. */
export type TakePiece = (y: number, from: number, to: number, rows: RowKernel) => void;

/** Restores the pixels `from` to `to` (exclusive) of a row. */
export type RestoreRow = (y: number, from: number, to: number, found: FoundRow) => void;

/**
 * Restores a photo piece by piece as its analysis comes, by the formulas of the graph `emberScene`.
 *
 * @param picture encoded, 0 to 1.
 * @param take gets every piece.
 */
export function createRestorer(picture: Picture, grids: LightGrids, take: TakePiece): RestoreRow {
  const { width, height } = picture;
  const { brightness, share, noiseShare } = grids;
  const positions = cellPositions(height);
  return (y, from, to, { detail, confidence, ...places }) => {
    const rows = rowKernel(width);
    const count = to - from;
    interpolateRows(grids.gains, positions[y], rows.gainCells);
    interpolateRows(grids.balance, positions[y], rows.balanceCells);
    interpolateRows(grids.saturation, positions[y], rows.saturationCells);
    rows.redDetail.set(detail.subarray(places.red, places.red + count));
    rows.greenDetail.set(detail.subarray(places.green, places.green + count));
    rows.blueDetail.set(detail.subarray(places.blue, places.blue + count));
    rows.confidence.set(confidence.subarray(places.sure, places.sure + count));
    readPixels(rows, picture, y * width + from, count);
    rows.restore(from, count, width, brightness, share, noiseShare, whiteFrom, keptAtWhite);
    take(y, from, to, rows);
  };
}

/** Takes the results of an analysis tile by tile, and restores them. */
export function restoringSinks(restoreRow: RestoreRow): { readonly detail: TileSink; readonly confidence: TileSink } {
  // Both results of a tile come one after the other, in any order.
  let [detail, confidence]: (Float32Array | undefined)[] = [];
  const write = ({ fed, kept }: Tile) => {
    if (!detail || !confidence) return;
    const area = fed.width * fed.height;
    for (let y = kept.top; y < kept.top + kept.height; y++) {
      const at = (y - fed.top) * fed.width + kept.left - fed.left;
      const places = { red: at, green: area + at, blue: 2 * area + at, sure: at };
      restoreRow(y, kept.left, kept.left + kept.width, { detail, confidence, ...places });
    }
    [detail, confidence] = [undefined, undefined];
  };
  return {
    detail: {
      channels: 3,
      take(tile, values) {
        detail = values;
        write(tile);
      },
    },
    confidence: {
      channels: 1,
      take(tile, values) {
        confidence = values;
        write(tile);
      },
    },
  };
}

/** Finds the position of every row of the picture in the grid; whole numbers are the centres of cells. */
function cellPositions(length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) =>
    Math.min(Math.max(((i + 0.5) * emberCells) / length - 0.5, 0), emberCells - 1),
  );
}

/** Interpolates the row at a position of every plane of a grid, [planes, cells, cells] to [planes, cells]. */
function interpolateRows(grid: Float32Array, position: number, row: Float32Array): void {
  const upper = Math.floor(position);
  const share = position - upper;
  const toLower = upper < emberCells - 1 ? emberCells : 0;
  for (let first = 0, at = upper * emberCells; at < grid.length; first += emberCells, at += emberCells ** 2) {
    for (let column = 0; column < emberCells; column++) {
      const above = grid[at + column];
      row[first + column] = above + share * (grid[at + toLower + column] - above);
    }
  }
}
