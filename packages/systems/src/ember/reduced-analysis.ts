import { createPlane, type Picture, type Plane, type Steps } from "@kindling/core";
import { overRows, within } from "@kindling/core/internal";
import { readPixels, readSmallRow } from "./photo-rows.ts";
import { type RowKernel, rowKernel } from "./row-kernel.ts";
import type { TakeFound } from "./separate-noise.ts";

/** What the analysis gives for a reduced picture, in words of 16 bits: floats would take twice the memory. */
export interface ReducedAnalysis {
  /** The reduced picture: RGB. */
  readonly picture: Picture;
  /** What is added to the roots of red, green and blue to remove the noise, and the confidence. */
  readonly found: readonly [red: Uint16Array, green: Uint16Array, blue: Uint16Array, confidence: Uint16Array];
}

/** Makes room for what is found of a reduced picture, and what fills it piece by piece. */
export function createReducedAnalysis(picture: Picture): {
  readonly reduced: ReducedAnalysis;
  readonly store: TakeFound;
} {
  const map = () => new Uint16Array(picture.width * picture.height);
  const found = [map(), map(), map(), map()] as const;
  return {
    reduced: { picture, found },
    store(y, from, to, rows) {
      rows.writeFound(to - from);
      for (const [i, map] of found.entries()) {
        map.set(rows.mapWords[i].subarray(0, to - from), y * picture.width + from);
      }
    },
  };
}

/** Side in pixels of the cells over which shares are measured. */
const cellPx = 8;

/** Added to the energies of a cell, squares of 0 to 1: where there is no detail, all of it counts as noise. */
const noEnergy = 1e-5;

/**
 * Enlarges an analysis of a reduced picture to the picture. What the reduced picture does not hold, the finest detail, loses
 * the share that the analysis took off the finest detail of the reduced picture: of grey and of the colours, measured in
 * cells of 8 px. It is wavelet shrinkage, with a threshold that the network chose one scale above.
 *
 * @param picture encoded, 0 to 1.
 * @param take gets every row from the top.
 */
export function* enlargeAnalysis(picture: Picture, reduced: ReducedAnalysis, take: TakeFound): Steps<void> {
  const { width, height } = picture;
  const shares = yield* within(0, 0.2, sharesOfNoise(reduced));
  const places = [reduced.picture, shares[0]].map((small) => placesIn(small, picture));
  const enlarging = overRows(height, 3 * width, (from, to) => {
    // The memory of the kernel may hold something else by now.
    const rows = rowKernel(width);
    const indexOf = smallRowsOf(reduced, rows);
    for (const [i, { columns, columnShares }] of places.entries()) {
      rows.columns[i].set(columns);
      rows.columnShares[i].set(columnShares);
    }
    const [ofMaps, ofShares] = places;
    for (let y = from; y < to; y++) {
      const line = Math.floor(ofMaps.lines[y]);
      rows.enlargeMaps(indexOf(line), indexOf(line + 1), ofMaps.lines[y] - line, reduced.picture.width, width);
      enlargeShares(rows, shares, ofShares.lines[y], width);
      readPixels(rows, picture, y * width, width);
      rows.addFinestDetail(width);
      take(y, 0, width, rows);
    }
  });
  yield* within(0.2, 1, enlarging);
}

/** Where the rows and columns of a picture lie in a smaller one; whole numbers are the centres of pixels. */
function placesIn(small: Pick<Plane, "width" | "height">, { width, height }: Pick<Plane, "width" | "height">) {
  const across = positions(width, small.width);
  return {
    lines: positions(height, small.height),
    columns: Int32Array.from(across, Math.floor),
    columnShares: Float32Array.from(across, (position) => position % 1),
  };
}

/** Enlarges the rows of cells around a line to the shares of a row. */
function enlargeShares(rows: RowKernel, shares: readonly Plane[], line: number, width: number): void {
  const upper = Math.floor(line);
  const [{ width: length, height }] = shares;
  for (const [i, { values }] of shares.entries()) {
    for (const [j, row] of [upper, Math.min(upper + 1, height - 1)].entries()) {
      const to = rows.shareRows[2 * i + j];
      to.set(values.subarray(row * length, (row + 1) * length));
      to[length] = to[length - 1];
    }
  }
  rows.enlargeShares(line - upper, length, width);
}

/**
 * Measures which share of the finest detail an analysis takes for noise, of grey and of the colours: 0 to 1 in every cell,
 * the regression of what it removes of it on what is there.
 */
function* sharesOfNoise(reduced: ReducedAnalysis): Steps<readonly [ofGrey: Plane, ofColour: Plane]> {
  const { width, height } = reduced.picture;
  const cells = { width: Math.ceil(width / cellPx), height: Math.ceil(height / cellPx) };
  const shares = [createPlane(cells.width, cells.height), createPlane(cells.width, cells.height)] as const;
  yield* overRows(cells.height, cellPx * width, (from, to) => {
    const rows = rowKernel(width);
    const indexOf = smallRowsOf(reduced, rows);
    for (let cell = from; cell < to; cell++) {
      for (const sums of rows.cellSums) sums.fill(noEnergy, 0, cells.width);
      const end = Math.min((cell + 1) * cellPx, height);
      for (let y = cell * cellPx; y < end; y++) {
        rows.addCellSums(indexOf(y - 1), indexOf(y), indexOf(y + 1), width);
      }
      for (const [i, { values }] of shares.entries()) {
        const [removed, energy] = [rows.cellSums[2 * i], rows.cellSums[2 * i + 1]];
        for (let x = 0; x < cells.width; x++) {
          values[cell * cells.width + x] = Math.min(Math.max(removed[x] / energy[x], 0), 1);
        }
      }
    }
  });
  return shares;
}

/** Tells where in the kernel a row of the reduced picture lies, and reads it first where it is not there yet. */
function smallRowsOf({ picture, found }: ReducedAnalysis, rows: RowKernel): (y: number) => number {
  const held = [-1, -1, -1];
  return (position) => {
    const y = Math.min(Math.max(position, 0), picture.height - 1);
    const index = y % held.length;
    if (held[index] !== y) readSmallRow(rows, picture, found, y, index);
    held[index] = y;
    return index;
  };
}

/** For every pixel of a length its position in a shorter one; whole numbers are the centres of pixels. */
function positions(length: number, reducedLength: number): Float64Array {
  return Float64Array.from({ length }, (_, i) =>
    Math.min(Math.max(((i + 0.5) * reducedLength) / length - 0.5, 0), reducedLength - 1),
  );
}
