import { copyPicture, type Picture, type Plane, type Steps } from "@kindling/core";
import { colourChannels, overRows } from "@kindling/core/internal";
import { affineSize, binSmoothing, gridBins, gridCells } from "./facts.ts";

/**
 * Slices a bilateral grid along a guide and applies the affine maps, by the formulas of the graphs `sliceGrid` and
 * `applyAffine`. A plain loop needs no tiles and no map of 96 channels: rows of the grid are interpolated once a row.
 *
 * @param picture encoded, 0 to 1.
 * @param guide of the picture's size.
 * @param grid [96, 16, 16]; the channel is (3 * input + output) * 8 + bin.
 * @returns a picture clipped to 0 to 1; grey is the mean of the colours, alpha is kept.
 */
export function* applyGrid(picture: Picture, guide: Plane, grid: Float32Array): Steps<Picture> {
  const { width, height, channels, samples } = picture;
  const lit = copyPicture(picture);
  const isGrey = colourChannels(picture) === 1;
  const [columns, rows] = [positions(width), positions(height)];
  const cells = new Float32Array(gridCells * gridBins * affineSize); // of one row: [cell, bin, entry]
  const map = new Float64Array(affineSize);
  yield* overRows(height, 8 * width, (from, to) => {
    for (let y = from; y < to; y++) {
      interpolateRow(grid, rows[y], cells);
      for (let x = 0, i = y * width, at = i * channels; x < width; x++, i++, at += channels) {
        readMap(cells, columns[x], guide.values[i], map);
        const red = samples[at];
        const green = isGrey ? red : samples[at + 1];
        const blue = isGrey ? red : samples[at + 2];
        let sum = 0;
        for (let output = 0; output < 3; output++) {
          const value = map[output] * red + map[3 + output] * green + map[6 + output] * blue + map[9 + output];
          const clipped = Math.min(Math.max(value, 0), 1);
          if (isGrey) sum += clipped;
          else lit.samples[at + output] = clipped;
        }
        if (isGrey) lit.samples[at] = sum / 3;
      }
    }
  });
  return lit;
}

/** The position of every row or column of a picture in the grid; whole numbers are the centres of cells. */
function positions(length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) =>
    Math.min(Math.max(((i + 0.5) * gridCells) / length - 0.5, 0), gridCells - 1),
  );
}

/** Interpolates a row of the grid: [cell, bin, entry], so that the numbers of a pixel lie together. */
function interpolateRow(grid: Float32Array, position: number, cells: Float32Array): void {
  const upper = Math.floor(position);
  const lower = Math.min(upper + 1, gridCells - 1);
  const share = position - upper;
  for (let entry = 0; entry < affineSize; entry++) {
    for (let bin = 0; bin < gridBins; bin++) {
      const plane = (entry * gridBins + bin) * gridCells ** 2;
      for (let cell = 0; cell < gridCells; cell++) {
        const above = grid[plane + upper * gridCells + cell];
        const below = grid[plane + lower * gridCells + cell];
        cells[(cell * gridBins + bin) * affineSize + entry] = above + share * (below - above);
      }
    }
  }
}

/** Reads the affine map of a pixel from the row of cells, between two cells and two bins. */
function readMap(cells: Float32Array, column: number, guide: number, map: Float64Array): void {
  const left = Math.floor(column);
  const share = column - left;
  const place = guide * gridBins - 0.5;
  const below = Math.floor(place);
  const rest = place - below;
  const lower = (left * gridBins + inBins(below)) * affineSize;
  const upper = (left * gridBins + inBins(below + 1)) * affineSize;
  const next = left + 1 < gridCells ? gridBins * affineSize : 0;
  const [lowerWeight, upperWeight] = [nearness(rest), nearness(1 - rest)];
  for (let entry = 0; entry < affineSize; entry++) {
    const atLeft = lowerWeight * cells[lower + entry] + upperWeight * cells[upper + entry];
    const atRight = lowerWeight * cells[lower + next + entry] + upperWeight * cells[upper + next + entry];
    map[entry] = atLeft + share * (atRight - atLeft);
  }
}

function inBins(bin: number): number {
  return Math.min(Math.max(bin, 0), gridBins - 1);
}

/** The weight of a bin at a distance of up to 1. */
function nearness(distance: number): number {
  return Math.max(1 - Math.sqrt(distance * distance + binSmoothing), 0);
}
