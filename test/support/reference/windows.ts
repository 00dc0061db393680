import { build, type Numbers, sizeOf } from "./numbers.ts";

/** Attributes that convolutions and poolings share. */
export interface Placing {
  readonly strides: readonly number[];
  readonly pads: readonly number[];
  readonly dilations: readonly number[];
  readonly auto_pad: string;
  readonly group: number;
  readonly count_include_pad: number;
}

/** Rows or columns before the picture that the first window begins at. */
function before(axis: 0 | 1, side: number, count: number, kernel: number, placing: Placing): number {
  if (placing.auto_pad !== "SAME_UPPER") return placing.pads[axis];
  const total = (count - 1) * placing.strides[axis] + (kernel - 1) * placing.dilations[axis] + 1 - side;
  return Math.floor(Math.max(total, 0) / 2);
}

/** Calls `visit` for every window and every place in it that lies in the picture. */
function eachInside(
  [height, width]: readonly number[],
  [rows, columns]: readonly number[],
  kernel: readonly number[],
  placing: Placing,
  visit: (window: number, pixel: number, place: number) => void,
): void {
  const { strides, dilations } = placing;
  const top = before(0, height, rows, kernel[0], placing);
  const left = before(1, width, columns, kernel[1], placing);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      for (let i = 0; i < kernel[0]; i++) {
        const y = row * strides[0] - top + i * dilations[0];
        if (y < 0 || y >= height) continue;
        for (let j = 0; j < kernel[1]; j++) {
          const x = column * strides[1] - left + j * dilations[1];
          if (x >= 0 && x < width) visit(row * columns + column, y * width + x, i * kernel[1] + j);
        }
      }
    }
  }
}

/**
 * A convolution, or with `backwards` a transposed one, by way of a matrix with a row for every place in a window of
 * every input channel and a column for every window (im2col).
 */
export function convolve(
  x: Numbers,
  weight: Numbers,
  bias: Numbers | undefined,
  placing: Placing,
  shape: readonly number[],
  backwards = false,
): Numbers {
  const [wide, narrow] = backwards ? [shape, x.shape] : [x.shape, shape];
  const [, perGroup, ...kernel] = weight.shape;
  const [pixels, windows, places] = [sizeOf(wide.slice(2)), sizeOf(narrow.slice(2)), sizeOf(kernel)];
  const outputs = weight.shape[0] / placing.group;
  const data = new Float64Array(sizeOf(shape));
  const matrix = new Float64Array(perGroup * places * windows);
  const eachEntry = (visit: (entry: number, pixel: number) => void) => {
    for (let c = 0; c < perGroup; c++) {
      eachInside(wide.slice(2), narrow.slice(2), kernel, placing, (window, pixel, place) =>
        visit((c * places + place) * windows + window, c * pixels + pixel),
      );
    }
  };
  for (let n = 0; n < shape[0]; n++) {
    for (let group = 0; group < placing.group; group++) {
      const wideAt = (n * wide[1] + group * perGroup) * pixels;
      const narrowAt = (n * narrow[1] + group * outputs) * windows;
      matrix.fill(0);
      if (!backwards) eachEntry((entry, pixel) => (matrix[entry] = x.data[wideAt + pixel]));
      for (let out = 0; out < outputs; out++) {
        for (let row = 0; row < perGroup * places; row++) {
          const factor = weight.data[(group * outputs + out) * perGroup * places + row];
          const [from, to] = [row * windows, narrowAt + out * windows];
          if (backwards) for (let w = 0; w < windows; w++) matrix[from + w] += factor * x.data[to + w];
          else for (let w = 0; w < windows; w++) data[to + w] += factor * matrix[from + w];
        }
      }
      if (backwards) eachEntry((entry, pixel) => (data[wideAt + pixel] += matrix[entry]));
    }
  }
  const area = sizeOf(shape.slice(2));
  if (bias) for (let i = 0; i < data.length; i++) data[i] += bias.data[Math.floor(i / area) % shape[1]];
  return { shape, data };
}

/** The largest or the mean value of every window. */
export function pool(
  kind: "max" | "mean",
  x: Numbers,
  kernel: readonly number[],
  placing: Placing,
  shape: readonly number[],
): Numbers {
  const seen = Array.from({ length: sizeOf(shape.slice(2)) }, (): number[] => []);
  eachInside(x.shape.slice(2), shape.slice(2), kernel, placing, (window, pixel) => seen[window].push(pixel));
  const area = sizeOf(x.shape.slice(2));
  return build(shape, ([n, c, row, column]) => {
    const window = row * shape[3] + column;
    const values = seen[window].map((pixel) => x.data[(n * shape[1] + c) * area + pixel]);
    if (kind === "max") return Math.max(...values);
    const count = placing.count_include_pad === 1 ? paddedCount(x, kernel, placing, row, column) : values.length;
    return values.reduce((sum, value) => sum + value, 0) / count;
  });
}

/** Places of a window that lie in the picture or its explicit padding. */
function paddedCount(x: Numbers, kernel: readonly number[], placing: Placing, row: number, column: number): number {
  const { strides, dilations, pads } = placing;
  return [row, column].reduce((product, index, axis) => {
    const length = pads[axis] + x.shape[axis + 2] + pads[axis + 2];
    const inside = Array.from({ length: kernel[axis] }, (_, i) => index * strides[axis] + i * dilations[axis]);
    return product * inside.filter((position) => position < length).length;
  }, 1);
}
