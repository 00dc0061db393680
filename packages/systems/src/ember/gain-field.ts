import { createPlane, type Picture, type Plane, type Steps } from "@kindling/core";
import { overRows } from "@kindling/core/internal";
import { emberCells, emberTones, highlightShare, keptAtWhite, smoothStep, whiteFrom } from "./facts.ts";

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
  /** Red, green and blue without noise and colour cast, as square roots, 0 to 1. */
  readonly restored: readonly [red: Plane, green: Plane, blue: Plane];
  /** The gain of automatic light as a natural logarithm, 0 to 4.5. */
  readonly gain: Plane;
}

/**
 * Completes an analysis in place, by the formulas of the graph `emberScene`: detail becomes the restored picture, and
 * confidence the gain of every pixel.
 *
 * @param picture encoded, 0 to 1.
 * @param detail planes of the analysis: red, green, blue.
 * @param confidence 0 to 1.
 */
export function* applyGrids(
  picture: Picture,
  detail: readonly [Plane, Plane, Plane],
  confidence: Plane,
  { gains, balance, brightness, share: shareOfAll }: LightGrids,
): Steps<EmberMaps> {
  const { width, height, channels, samples } = picture;
  const colourOf = channels < 3 ? [0, 0, 0] : [0, 1, 2];
  const rows = cellPositions(height);
  const columns = cellPositions(width);
  const gainRow = new Float32Array(emberTones * emberCells);
  const balanceRow = new Float32Array(3 * emberCells);
  yield* overRows(height, 4 * width, (from, to) => {
    for (let y = from; y < to; y++) {
      interpolateRows(gains, rows[y], gainRow);
      interpolateRows(balance, rows[y], balanceRow);
      for (let x = 0, i = y * width; x < width; x++, i++) {
        const column = Math.floor(columns[x]);
        const right = columns[x] - column;
        const next = right > 0 ? 1 : 0;
        const kept = shareKept(samples, i * channels, channels);
        let brightest = 0;
        for (let c = 0; c < 3; c++) {
          const at = c * emberCells + column;
          const cast = balanceRow[at] + right * (balanceRow[at + next] - balanceRow[at]);
          const root = Math.sqrt(Math.max(samples[i * channels + colourOf[c]], 0));
          const cleaned = Math.min(Math.max((root + detail[c].values[i]) * cast, 0), 1);
          const restored = cleaned + kept * (root - cleaned);
          detail[c].values[i] = restored;
          if (restored > brightest) brightest = restored;
        }
        const tone = (brightest / (brightest + brightness)) * (emberTones - 1);
        const darker = Math.floor(tone);
        const share = tone - darker;
        const at = darker * emberCells + column;
        const below = gainRow[at] + right * (gainRow[at + next] - gainRow[at]);
        const up = at + emberCells;
        const above = share > 0 ? gainRow[up] + right * (gainRow[up + next] - gainRow[up]) : 0;
        const held = 1 - keptAtWhite * highlightShare(brightest);
        confidence.values[i] *= held * shareOfAll * (below + share * (above - below));
      }
    }
  });
  return { restored: detail, gain: confidence };
}

/** How far a pixel is kept as it is: rises smoothly from 0 to 1 at white. */
function shareKept(samples: Float32Array, at: number, channels: number): number {
  const brightest = channels < 3 ? samples[at] : Math.max(samples[at], samples[at + 1], samples[at + 2]);
  return smoothStep((Math.sqrt(Math.max(brightest, 0)) - whiteFrom) / (1 - whiteFrom));
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

/** Planes for an analysis of a photo of this size. */
export function createAnalysisPlanes({ width, height }: Pick<Picture, "width" | "height">) {
  const plane = () => createPlane(width, height);
  return { detail: [plane(), plane(), plane()] as const, confidence: plane() };
}
