import type { Picture, Plane, Steps } from "@kindling/core";
import { overRows } from "@kindling/core/internal";
import { readPixels } from "./photo-rows.ts";
import { type RowKernel, type RowPlane, rowKernel } from "./row-kernel.ts";
import type { TakeFound } from "./separate-noise.ts";

/** What the analysis gives for a reduced picture. */
export interface ReducedAnalysis {
  /** Square roots of the reduced picture: red, green and blue, 0 to 1. */
  readonly roots: readonly Plane[];
  /** What is added to these to remove the noise. */
  readonly detail: readonly Plane[];
  readonly confidence: Plane;
}

/** Side in pixels of the cells over which shares are measured. */
const cellPx = 8;

/** Added to the energies of a cell, squares of 0 to 1: where there is no detail, all of it counts as noise. */
const noEnergy = 1e-5;

/** A map of the reduced picture, and the plane that its enlarged rows go to. */
interface Enlarged extends Plane {
  readonly to: RowPlane;
}

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
  const { roots } = reduced;
  const [ofGrey, ofColour] = sharesOfNoise(roots, reduced.detail);
  const named = (planes: readonly Plane[], names: readonly RowPlane[]) =>
    planes.map((plane, i): Enlarged => ({ ...plane, to: names[i] }));
  const maps = [
    ...named(roots, ["red", "green", "blue"]),
    ...named([...reduced.detail, reduced.confidence], ["redDetail", "greenDetail", "blueDetail", "confidence"]),
  ];
  const shares = named([ofGrey, ofColour], ["fineShare", "coarseShare"]);
  const enlargings = [maps, shares].map((group) => planEnlarging(group, picture));
  yield* overRows(height, 3 * width, (from, to) => {
    for (let y = from; y < to; y++) {
      // The memory of the kernel may hold something else by now.
      const rows = rowKernel(width);
      for (const enlarging of enlargings) enlargeRows(rows, enlarging, y);
      readPixels(rows, picture, y * width, width);
      rows.addFinestDetail(width);
      take(y, 0, width, rows);
    }
  });
}

/** How maps of one size are enlarged to a picture. */
interface Enlarging {
  readonly maps: readonly Enlarged[];
  /** For every row its position in the maps; whole numbers are the centres of pixels. */
  readonly lines: Float64Array;
  readonly columns: Int32Array;
  readonly columnShares: Float32Array;
}

function planEnlarging(maps: readonly Enlarged[], size: Pick<Plane, "width" | "height">): Enlarging {
  const positionsAcross = positions(size.width, maps[0].width);
  return {
    maps,
    lines: positions(size.height, maps[0].height),
    columns: Int32Array.from(positionsAcross, Math.floor),
    columnShares: Float32Array.from(positionsAcross, (position) => position % 1),
  };
}

// Loops over pixels stand in functions of their own: of closures and generators made for every photo, V8 keeps no optimised code.

/** Enlarges a row of all maps. */
function enlargeRows(rows: RowKernel, { maps, lines, columns, columnShares }: Enlarging, y: number): void {
  rows.columns.set(columns);
  rows.columnShares.set(columnShares);
  const upper = Math.floor(lines[y]);
  for (const { width, height, values, to } of maps) {
    for (const [i, row] of [upper, Math.min(upper + 1, height - 1)].entries()) {
      rows.smallRows[i].set(values.subarray(row * width, (row + 1) * width));
      rows.smallRows[i][width] = values[(row + 1) * width - 1];
    }
    rows.enlargeRow(width, lines[y] - upper, columns.length, rows.places[to]);
  }
}

/**
 * Measures which share of the finest detail an analysis takes for noise, of grey and of the colours: 0 to 1 in every cell,
 * the regression of what it removes of it on what is there.
 */
function sharesOfNoise(roots: readonly Plane[], detail: readonly Plane[]): Plane[] {
  const { width, height } = roots[0];
  const [reds, greens, blues] = roots.map(({ values }) => values);
  const [redDetail, greenDetail, blueDetail] = detail.map(({ values }) => values);
  const cells = { width: Math.ceil(width / cellPx), height: Math.ceil(height / cellPx) };
  const sums = () => new Float64Array(cells.width * cells.height).fill(noEnergy);
  const [grey, greyEnergy, colour, colourEnergy] = [sums(), sums(), sums(), sums()];
  for (let y = 0; y < height; y++) {
    const above = y > 0 ? -width : 0;
    const below = y + 1 < height ? width : 0;
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const left = x > 0 ? -1 : 0;
      const right = x + 1 < width ? 1 : 0;
      const red = finest(reds, i, left, right, above, below);
      const green = finest(greens, i, left, right, above, below);
      const blue = finest(blues, i, left, right, above, below);
      const present = (red + green + blue) / 3;
      const redLost = -finest(redDetail, i, left, right, above, below);
      const greenLost = -finest(greenDetail, i, left, right, above, below);
      const blueLost = -finest(blueDetail, i, left, right, above, below);
      const lost = (redLost + greenLost + blueLost) / 3;
      const cell = Math.floor(y / cellPx) * cells.width + Math.floor(x / cellPx);
      grey[cell] += present * lost;
      greyEnergy[cell] += present ** 2;
      colour[cell] +=
        (red - present) * (redLost - lost) +
        (green - present) * (greenLost - lost) +
        (blue - present) * (blueLost - lost);
      colourEnergy[cell] += (red - present) ** 2 + (green - present) ** 2 + (blue - present) ** 2;
    }
  }
  const ratio = (removed: Float64Array, energy: Float64Array): Plane => ({
    ...cells,
    values: Float32Array.from(removed, (value, i) => Math.min(Math.max(value / energy[i], 0), 1)),
  });
  return [ratio(grey, greyEnergy), ratio(colour, colourEnergy)];
}

/** What differs from the mean of the four neighbours, at these distances. */
function finest(values: Float32Array, i: number, left: number, right: number, above: number, below: number): number {
  return values[i] - (values[i + left] + values[i + right] + values[i + above] + values[i + below]) / 4;
}

/** Replaces values by their square roots. */
export function takeRoots({ values }: Plane): void {
  for (let i = 0; i < values.length; i++) values[i] = Math.sqrt(Math.max(values[i], 0));
}

/** For every pixel of a length its position in a shorter one; whole numbers are the centres of pixels. */
function positions(length: number, reducedLength: number): Float64Array {
  return Float64Array.from({ length }, (_, i) =>
    Math.min(Math.max(((i + 0.5) * reducedLength) / length - 0.5, 0), reducedLength - 1),
  );
}
