import type { Picture } from "@kindling/core";
import { heldSamples, type Tile, type TileSink } from "@kindling/core/internal";
import { emberCells, emberTones, greatestGain, highlightShare, keptAtWhite, smoothStep, whiteFrom } from "./facts.ts";

/** What the overview decides: two grids over the whole picture. */
export interface LightGrids {
  /** Natural logarithms of gains, [tones, cells, cells]. */
  readonly gains: Float32Array;
  /** Gains of red, green and blue that remove the colour cast, [3, cells, cells]. */
  readonly balance: Float32Array;
  /** Brightness of the whole picture (`emberBrightness`). */
  readonly brightness: number;
  /** Factor of all gains, 0 to 1 (`shareWithSignal`). */
  readonly share: number;
}

/** A photo ready to be lit, as planes of its size. They stay planes, since interleaving them would cost time. */
export interface EmberMaps {
  readonly width: number;
  readonly height: number;
  /**
   * Red, green and blue without noise and colour cast, as square roots, 0 to 1 in steps of 1/65535: as square roots, dark
   * values have finer steps than a photo of 16 bits has.
   */
  readonly restored: readonly [red: Uint16Array, green: Uint16Array, blue: Uint16Array];
  /** The gain of automatic light as a natural logarithm, 0 to 4.5 in steps of 4.5/65535. */
  readonly gain: Uint16Array;
}

/** Steps of the restored colours. */
export const rootSteps = 65535;

/** Steps of a gain to a unit of its natural logarithm. */
export const gainSteps = 65535 / greatestGain;

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

/** Completes an analysis piece by piece. */
export interface SceneWriter {
  readonly maps: EmberMaps;
  /** Writes the pixels `from` to `to` (exclusive) of a row, by the formulas of the graph `emberScene`. */
  writeRow(y: number, from: number, to: number, found: FoundRow): void;
}

/**
 * Makes the maps of a photo, which are filled as its analysis comes.
 *
 * @param picture encoded, 0 to 1.
 */
export function createScene(
  picture: Picture,
  { gains, balance, brightness, share: shareOfAll }: LightGrids,
): SceneWriter {
  const { width, height, channels } = picture;
  const { values, step } = heldSamples(picture);
  const [toGreen, toBlue] = channels < 3 ? [0, 0] : [1, 2];
  const plane = () => new Uint16Array(width * height);
  const [reds, greens, blues, gain] = [plane(), plane(), plane(), plane()];
  const rows = cellPositions(height);
  const columns = cellPositions(width);
  const columnOf = Int32Array.from(columns, Math.floor);
  const nextOf = Int32Array.from(columns, Math.ceil);
  const rightOf = Float32Array.from(columns, (position) => position % 1);
  const gainRow = new Float32Array(emberTones * emberCells);
  const balanceRow = new Float32Array(3 * emberCells);
  const writeRow = (y: number, from: number, to: number, found: FoundRow) => {
    interpolateRows(gains, rows[y], gainRow);
    interpolateRows(balance, rows[y], balanceRow);
    const { detail, confidence } = found;
    for (let x = from, k = 0, i = y * width + from, at = i * channels; x < to; x++, k++, i++, at += channels) {
      const column = columnOf[x];
      const next = nextOf[x];
      const right = rightOf[x];
      const redRoot = Math.sqrt(Math.max(values[at] * step, 0));
      const greenRoot = Math.sqrt(Math.max(values[at + toGreen] * step, 0));
      const blueRoot = Math.sqrt(Math.max(values[at + toBlue] * step, 0));
      let red = between0And1((redRoot + detail[found.red + k]) * interpolate(balanceRow, column, next, right));
      let green = between0And1(
        (greenRoot + detail[found.green + k]) * interpolate(balanceRow, emberCells + column, emberCells + next, right),
      );
      let blue = between0And1(
        (blueRoot + detail[found.blue + k]) *
          interpolate(balanceRow, 2 * emberCells + column, 2 * emberCells + next, right),
      );
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
      const darker = Math.floor(tone);
      const below = interpolate(gainRow, darker * emberCells + column, darker * emberCells + next, right);
      const up = Math.min(darker + 1, emberTones - 1) * emberCells;
      const above = interpolate(gainRow, up + column, up + next, right);
      const held = brightest > 0.5 ? 1 - keptAtWhite * highlightShare(brightest) : 1;
      const full = held * shareOfAll * (below + (tone - darker) * (above - below));
      reds[i] = red * rootSteps + 0.5;
      greens[i] = green * rootSteps + 0.5;
      blues[i] = blue * rootSteps + 0.5;
      gain[i] = confidence[found.sure + k] * full * gainSteps + 0.5;
    }
  };
  return { maps: { width, height, restored: [reds, greens, blues], gain }, writeRow };
}

/** Takes the results of an analysis tile by tile. */
export function sceneSinks({ writeRow }: SceneWriter): { readonly detail: TileSink; readonly confidence: TileSink } {
  // Both results of a tile come one after the other, in any order.
  let [detail, confidence]: (Float32Array | undefined)[] = [];
  const write = ({ fed, kept }: Tile) => {
    if (!detail || !confidence) return;
    const area = fed.width * fed.height;
    for (let y = kept.top; y < kept.top + kept.height; y++) {
      const at = (y - fed.top) * fed.width + kept.left - fed.left;
      const places = { red: at, green: area + at, blue: 2 * area + at, sure: at };
      writeRow(y, kept.left, kept.left + kept.width, { detail, confidence, ...places });
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

/** Interpolates a row of a grid between two of its cells. */
function interpolate(row: Float32Array, cell: number, next: number, share: number): number {
  return row[cell] + share * (row[next] - row[cell]);
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
  const lower = Math.min(upper + 1, emberCells - 1);
  const share = position - upper;
  for (let i = 0; i < row.length; i++) {
    const plane = Math.floor(i / emberCells) * emberCells ** 2;
    const column = i % emberCells;
    const above = grid[plane + upper * emberCells + column];
    row[i] = above + share * (grid[plane + lower * emberCells + column] - above);
  }
}
