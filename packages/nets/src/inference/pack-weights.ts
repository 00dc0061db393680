import type { SmallTensor } from "./evaluate.ts";

/** The next multiple of 4: channels lie in vectors. */
export function toVectors(channels: number): number {
  return Math.ceil(channels / 4) * 4;
}

/** The next multiple of 8: columns are multiplied in groups. */
export function toColumns(channels: number): number {
  return Math.ceil(channels / 8) * 8;
}

/** Values in the form that the module reads: how many, and what writes them to memory that is 0 before. */
export interface Packing {
  readonly count: number;
  write(to: Float32Array): void;
}

/**
 * Packs the kernel of a convolution for windows: rows of all that a window holds, pixel by pixel, in groups of 8 columns.
 *
 * @param kernel [outputs, inputs, side, side].
 */
export function packWindows({ shape: [outputs, inputs, side], values }: SmallTensor): Packing {
  const pixels = side * side;
  const depth = pixels * toVectors(inputs);
  return {
    count: depth * toColumns(outputs),
    write(to) {
      for (let o = 0; o < outputs; o++) {
        for (let i = 0; i < inputs; i++) {
          for (let p = 0; p < pixels; p++) {
            to[placeOf(o, p * toVectors(inputs) + i, depth)] = values[(o * inputs + i) * pixels + p];
          }
        }
      }
    },
  };
}

/**
 * Transforms and packs a kernel of 3x3 for tiles: 36 matrices, each in groups of 8 columns (arXiv 1509.09308, F(4x4, 3x3)).
 *
 * @param kernel [outputs, inputs, 3, 3].
 */
export function packTiles({ shape: [outputs, inputs], values }: SmallTensor): Packing {
  const depth = toVectors(inputs);
  const matrix = depth * toColumns(outputs);
  return {
    count: 36 * matrix,
    write(to) {
      const rows = new Float64Array(18);
      for (let o = 0; o < outputs; o++) {
        for (let i = 0; i < inputs; i++) {
          const first = (o * inputs + i) * 9;
          const place = placeOf(o, i, depth);
          for (let y = 0; y < 3; y++) transformThree(values, first + 3 * y, 1, rows, 6 * y, 1);
          for (let x = 0; x < 6; x++) transformThree(rows, x, 6, to, place + x * matrix, 6 * matrix);
        }
      }
    },
  };
}

/** Packs values as they are; a single one is repeated `count` times. */
export function packValues({ values }: SmallTensor, count: number): Packing {
  return { count, write: (to) => (values.length === 1 ? to.fill(values[0]) : to.set(values)) };
}

/** Place of a matrix's value: groups of 8 columns one after the other, in each row by row. */
function placeOf(column: number, row: number, rows: number): number {
  return (Math.floor(column / 8) * rows + row) * 8 + (column % 8);
}

/** Transforms three values of a kernel, a step apart, to six. */
function transformThree(
  from: Float64Array,
  first: number,
  fromStep: number,
  to: Float64Array | Float32Array,
  place: number,
  toStep: number,
): void {
  const [a, b, c] = [from[first], from[first + fromStep], from[first + 2 * fromStep]];
  const ends = a / 24 + c / 6;
  to[place] = a / 4;
  to[place + toStep] = -(a + b + c) / 6;
  to[place + 2 * toStep] = -(a - b + c) / 6;
  to[place + 3 * toStep] = ends + b / 12;
  to[place + 4 * toStep] = ends - b / 12;
  to[place + 5 * toStep] = c;
}
