import type { Picture } from "@kindling/core";
import type { Tile, TileSink } from "@kindling/core/internal";
import { emberCells, emberTones, highlightShare, keptAtWhite, smoothStep, whiteFrom } from "./facts.ts";
import { type RootPiece, rootReader } from "./photo-roots.ts";

/** What the overview decides: three grids over the whole picture, and two numbers. */
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

/** Pixels of a row without noise and colour cast, and their gains. */
export interface RestoredPiece extends RootPiece {
  /** Gains of automatic light as natural logarithms, 0 to 4.5. */
  readonly gains: Float32Array;
}

/** Makes room for pieces of `length` pixels at most. */
export function createPiece(length: number): RestoredPiece {
  const row = () => new Float32Array(length);
  return { reds: row(), greens: row(), blues: row(), gains: row() };
}

/** Takes the pixels `from` to `to` (exclusive) of a row. */
export type TakePiece = (y: number, from: number, to: number, piece: RestoredPiece) => void;

/** Restores the pixels `from` to `to` (exclusive) of a row. */
export type RestoreRow = (y: number, from: number, to: number, found: FoundRow) => void;

/** What restoring the rows of one photo needs. */
interface Restoring {
  readonly brightness: number;
  readonly share: number;
  /** Columns of the grids left of every pixel, and how far it is from there to the next. */
  readonly columnOf: Int32Array;
  readonly rightOf: Float32Array;
  /** The grids at the row in work. */
  readonly gainRow: Float32Array;
  readonly balanceRow: Float32Array;
  readonly saturationRow: Float32Array;
  /** The photo's own square roots. */
  readonly own: RootPiece;
  readonly piece: RestoredPiece;
}

/**
 * Restores a photo piece by piece as its analysis comes, by the formulas of the graph `emberScene`.
 *
 * @param picture encoded, 0 to 1.
 * @param take gets every piece.
 */
export function createRestorer(picture: Picture, grids: LightGrids, take: TakePiece): RestoreRow {
  const { width, height, channels } = picture;
  const readRoots = rootReader(picture);
  const rows = cellPositions(height);
  const columns = cellPositions(width);
  const restoring: Restoring = {
    brightness: grids.brightness,
    share: grids.share,
    columnOf: Int32Array.from(columns, Math.floor),
    rightOf: Float32Array.from(columns, (position) => position % 1),
    gainRow: rowOf(grids.gains),
    balanceRow: rowOf(grids.balance),
    saturationRow: rowOf(grids.saturation),
    own: createPiece(width),
    piece: createPiece(width),
  };
  return (y, from, to, found) => {
    interpolateRows(grids.gains, rows[y], restoring.gainRow);
    interpolateRows(grids.balance, rows[y], restoring.balanceRow);
    interpolateRows(grids.saturation, rows[y], restoring.saturationRow);
    readRoots((y * width + from) * channels, to - from, restoring.own);
    restorePixels(restoring, from, to, found);
    take(y, from, to, restoring.piece);
  };
}

// Not a closure: of those made for every photo, V8 keeps no optimised code, and every number would be an object.
function restorePixels(restoring: Restoring, from: number, to: number, found: FoundRow): void {
  const { brightness, share, columnOf, rightOf, gainRow, balanceRow, saturationRow, own, piece } = restoring;
  const { reds, greens, blues, gains } = piece;
  const { detail, confidence } = found;
  for (let x = from, k = 0; x < to; x++, k++) {
    const column = columnOf[x];
    const right = rightOf[x];
    const redRoot = own.reds[k];
    const greenRoot = own.greens[k];
    const blueRoot = own.blues[k];
    let red = between0And1((redRoot + detail[found.red + k]) * interpolate(balanceRow, column, right));
    let green = between0And1(
      (greenRoot + detail[found.green + k]) * interpolate(balanceRow, emberCells + column, right),
    );
    let blue = between0And1(
      (blueRoot + detail[found.blue + k]) * interpolate(balanceRow, 2 * emberCells + column, right),
    );
    const greatest = Math.max(red, green, blue);
    const saturation = interpolate(saturationRow, column, right);
    red = Math.max(greatest - saturation * (greatest - red), 0);
    green = Math.max(greatest - saturation * (greatest - green), 0);
    blue = Math.max(greatest - saturation * (greatest - blue), 0);
    const brightestRoot = Math.max(redRoot, greenRoot, blueRoot);
    // What is nearly white is kept as it is, smoothly up to white.
    if (brightestRoot > whiteFrom) {
      const kept = smoothStep((brightestRoot - whiteFrom) / (1 - whiteFrom));
      red += kept * (redRoot - red);
      green += kept * (greenRoot - green);
      blue += kept * (blueRoot - blue);
    }
    const brightest = Math.max(red, green, blue);
    const tone = (brightest / (brightest + brightness)) * (emberTones - 1);
    // Whole numbers as integers, which index an array without a conversion.
    const darker = tone | 0;
    const below = interpolate(gainRow, darker * emberCells + column, right);
    const above = interpolate(gainRow, Math.min(darker + 1, emberTones - 1) * emberCells + column, right);
    const spared = brightest > 0.5 ? 1 - keptAtWhite * highlightShare(brightest) : 1;
    reds[k] = red;
    greens[k] = green;
    blues[k] = blue;
    gains[k] = confidence[found.sure + k] * spared * share * (below + (tone - darker) * (above - below));
  }
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

function between0And1(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}

/** Interpolates a row of a grid between a cell and the next. */
function interpolate(row: Float32Array, cell: number, share: number): number {
  return row[cell] + share * (row[cell + 1] - row[cell]);
}

/** Room for a row of every plane of a grid, and one value more: beyond the last cell nothing counts, but it is read. */
function rowOf(grid: Float32Array): Float32Array {
  return new Float32Array(grid.length / emberCells + 1);
}

/** Finds the position of every row or column of the picture in the grid; whole numbers are the centres of cells. */
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
