import type { Picture } from "@kindling/core";
import { emberCells, keptAtWhite, whiteFrom } from "./facts.ts";
import type { RowKernel } from "./row-kernel.ts";
import type { TakeFound } from "./separate-noise.ts";

/** What the overview decides: three grids over the whole picture, and numbers for all of it. */
export interface LightGrids {
  /** Natural logarithms of gains, [tones, cells, cells]. */
  readonly gains: Float32Array;
  /** Gains of red, green and blue that remove the colour cast, [3, cells, cells]. */
  readonly balance: Float32Array;
  /** Factors of saturation, [1, cells, cells]. */
  readonly saturation: Float32Array;
  /** Encoded values of black, which are taken off. */
  readonly black: readonly [red: number, green: number, blue: number];
  /** Brightness of the whole picture (`emberBrightness`). */
  readonly brightness: number;
  /** Factor of all gains, 0 to 1 (`shareWithSignal`). */
  readonly share: number;
  /** Factor of the noise that is removed, 0 to 1. */
  readonly noiseShare: number;
}

/** Takes the pixels `from` to `to` (exclusive) of a row: their own roots, the restored ones and the gains. */
export type TakePiece = (y: number, from: number, to: number, rows: RowKernel) => void;

/**
 * Restores a photo piece by piece as its analysis comes, by the formulas of the graph `emberScene`.
 *
 * @param take gets every piece.
 */
export function createRestorer(
  { width, height }: Pick<Picture, "width" | "height">,
  grids: LightGrids,
  take: TakePiece,
): TakeFound {
  const { black, brightness, share, noiseShare } = grids;
  const positions = cellPositions(height);
  return (y, from, to, rows) => {
    interpolateRows(grids.gains, positions[y], rows.gainCells);
    interpolateRows(grids.balance, positions[y], rows.balanceCells);
    interpolateRows(grids.saturation, positions[y], rows.saturationCells);
    rows.restore(from, to - from, width, brightness, share, noiseShare, ...black, whiteFrom, keptAtWhite);
    take(y, from, to, rows);
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
