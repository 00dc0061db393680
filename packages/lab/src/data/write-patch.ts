import { type IntegerPixels, nearestIndices } from "@kindling/core/internal";
import { type Dihedral, dihedralSource } from "./dihedral.ts";

/** The rows and columns of a picture that a square patch takes its pixels from. */
export interface PatchGrid {
  readonly rows: Int32Array;
  readonly columns: Int32Array;
}

/** Maps a stored sample, 0 to 1, to a number of the batch: `scale * sample + bias`. */
export interface Tone {
  readonly scale: number;
  readonly bias: number;
}

/** Builds the grid of a crop at the picture's own resolution. */
export function cropGrid(left: number, top: number, sizePx: number): PatchGrid {
  return {
    rows: Int32Array.from({ length: sizePx }, (_, i) => top + i),
    columns: Int32Array.from({ length: sizePx }, (_, i) => left + i),
  };
}

/**
 * Builds the grid of the whole picture at a reduced size, by `nearestIndices`: TensorFlow 1's nearest resize, with which
 * GLADNet's authors trained its global branch.
 */
export function overviewGrid(width: number, height: number, sizePx: number): PatchGrid {
  return { rows: nearestIndices(height, sizePx), columns: nearestIndices(width, sizePx) };
}

/**
 * Writes one square patch into a batch, turned and with its tone applied, channel after channel.
 *
 * @param target numbers of the batch, [.., 3, size, size].
 * @param offset first number of this patch in it.
 * @param pixels RGB, 8 or 16 bits.
 */
export function writePatch(
  target: Float32Array,
  offset: number,
  pixels: IntegerPixels,
  grid: PatchGrid,
  dihedral: Dihedral,
  tone: Tone,
): void {
  const { rows, columns } = grid;
  const { transposed, rowsReversed, columnsReversed } = dihedralSource(dihedral);
  const { samples, width, channels } = pixels;
  const size = rows.length;
  const last = size - 1;
  const planeSize = size * size;
  const scale = tone.scale / (samples instanceof Uint16Array ? 65535 : 255);
  const { bias } = tone;
  let to = offset;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++, to++) {
      const row = transposed ? x : y;
      const column = transposed ? y : x;
      const from =
        (rows[rowsReversed ? last - row : row] * width + columns[columnsReversed ? last - column : column]) * channels;
      target[to] = samples[from] * scale + bias;
      target[to + planeSize] = samples[from + 1] * scale + bias;
      target[to + 2 * planeSize] = samples[from + 2] * scale + bias;
    }
  }
}
