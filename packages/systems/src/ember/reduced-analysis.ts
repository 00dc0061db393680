import type { Picture, Plane, Steps } from "@kindling/core";
import { colourChannels, heldSamples, overRows } from "@kindling/core/internal";

/** What the analysis gives for a reduced picture. */
export interface ReducedAnalysis {
  /** The reduced picture: red, green and blue, 0 to 1. */
  readonly picture: readonly Plane[];
  /** What is added to its square roots to remove its noise: red, green and blue. */
  readonly detail: readonly Plane[];
  readonly confidence: Plane;
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
 * @param take gets every row from the top: the detail of red, green and blue, one after the other, and the confidence. Their
 * memory is used again for the next row.
 */
export function* enlargeAnalysis(
  picture: Picture,
  reduced: ReducedAnalysis,
  take: (y: number, row: { readonly detail: Float32Array; readonly confidence: Float32Array }) => void,
): Steps<void> {
  const { width, height } = picture;
  const roots = reduced.picture.map(({ values, ...size }) => ({ ...size, values: values.map(rootOf) }));
  const shares = sharesOfNoise(roots, reduced.detail);
  const enlarged = [...roots, ...reduced.detail, ...shares, reduced.confidence].map((plane) =>
    enlargedRows(plane, picture),
  );
  const rows = enlarged.map(({ row }) => row);
  const detail = new Float32Array(3 * width);
  yield* overRows(height, enlarged.length * width, (from, to) => {
    for (let y = from; y < to; y++) {
      for (const { read } of enlarged) read(y);
      addFinestDetail(picture, y, rows, detail);
      take(y, { detail, confidence: rows[8] });
    }
  });
}

// Loops over pixels stand in functions of their own: of closures and generators made for every photo, V8 keeps no optimised code.

/**
 * Computes the detail of a row: that of the reduced picture, less the share of noise in what it does not hold.
 *
 * @param rows enlarged: roots of red, green and blue, their detail, and the shares of noise of grey and of the colours.
 */
function addFinestDetail(picture: Picture, y: number, rows: readonly Float32Array[], detail: Float32Array): void {
  const { width, channels } = picture;
  const { values, step: sampleStep } = heldSamples(picture);
  const step = colourChannels(picture) === 1 ? 0 : 1;
  const [reds, greens, blues, redDetail, greenDetail, blueDetail, ofGrey, ofColour] = rows;
  for (let x = 0, at = y * width * channels; x < width; x++, at += channels) {
    const red = rootOf(values[at] * sampleStep) - reds[x];
    const green = rootOf(values[at + step] * sampleStep) - greens[x];
    const blue = rootOf(values[at + 2 * step] * sampleStep) - blues[x];
    const greyNoise = ((ofGrey[x] - ofColour[x]) * (red + green + blue)) / 3;
    detail[x] = redDetail[x] - greyNoise - ofColour[x] * red;
    detail[width + x] = greenDetail[x] - greyNoise - ofColour[x] * green;
    detail[2 * width + x] = blueDetail[x] - greyNoise - ofColour[x] * blue;
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

function rootOf(sample: number): number {
  return Math.sqrt(Math.max(sample, 0));
}

/** For every pixel of a length its position in a shorter one; whole numbers are the centres of pixels. */
function positions(length: number, reducedLength: number): Float64Array {
  return Float64Array.from({ length }, (_, i) =>
    Math.min(Math.max(((i + 0.5) * reducedLength) / length - 0.5, 0), reducedLength - 1),
  );
}

/** Rows of a plane enlarged to a size, bilinearly: `read` writes one into `row`. */
function enlargedRows({ width, height, values }: Plane, size: Pick<Plane, "width" | "height">) {
  const lines = positions(size.height, height);
  const columns = positions(size.width, width);
  const [lefts, rights] = [Int32Array.from(columns, Math.floor), Int32Array.from(columns, Math.ceil)];
  const shares = Float32Array.from(columns, (position) => position % 1);
  const between = new Float32Array(width);
  const row = new Float32Array(size.width);
  const read = (y: number) => {
    const upper = Math.floor(lines[y]);
    const rowsOf = { above: upper * width, below: Math.min(upper + 1, height - 1) * width, share: lines[y] - upper };
    interpolateRows(values, rowsOf, between);
    interpolateColumns(between, { lefts, rights, shares }, row);
  };
  return { row, read };
}

/** Interpolates between the rows that begin at two places. */
function interpolateRows(
  values: Float32Array,
  { above, below, share }: { readonly above: number; readonly below: number; readonly share: number },
  to: Float32Array,
): void {
  for (let x = 0; x < to.length; x++) to[x] = values[above + x] + share * (values[below + x] - values[above + x]);
}

/** Interpolates a row between two of its columns for every pixel. */
function interpolateColumns(
  from: Float32Array,
  { lefts, rights, shares }: { readonly lefts: Int32Array; readonly rights: Int32Array; readonly shares: Float32Array },
  to: Float32Array,
): void {
  for (let x = 0; x < to.length; x++) {
    const left = from[lefts[x]];
    to[x] = left + shares[x] * (from[rights[x]] - left);
  }
}
