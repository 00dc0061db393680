/** Three numbers: for red, green and blue. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** A matrix of three rows: a colour times it is the colour in another space. */
export type Matrix = readonly [red: Rgb, green: Rgb, blue: Rgb];

/** The matrix that changes nothing. */
export const identityMatrix: Matrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** CIE XYZ (D65) from linear sRGB, IEC 61966-2-1. */
const xyzOfSrgb: Matrix = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
];

/** Colours of four camera sensors from CIE XYZ: Brooks et al., "Unprocessing Images", arXiv 1811.11127, and its code. */
const sensorsOfXyz: readonly Matrix[] = [
  [
    [1.0234, -0.2969, -0.2266],
    [-0.5625, 1.6328, -0.0469],
    [-0.0703, 0.2188, 0.6406],
  ],
  [
    [0.4913, -0.0541, -0.0202],
    [-0.613, 1.3513, 0.2906],
    [-0.1564, 0.2151, 0.7183],
  ],
  [
    [0.838, -0.263, -0.0639],
    [-0.2887, 1.0725, 0.2496],
    [-0.0627, 0.1427, 0.5438],
  ],
  [
    [0.6596, -0.2079, -0.0562],
    [-0.4782, 1.3016, 0.1933],
    [-0.097, 0.1581, 0.5181],
  ],
];

/** Weights of the four cameras that `mixColourMatrix` mixes. */
export type CameraWeights = readonly [number, number, number, number];

/** Mixes the colour matrices of four real cameras: sensor colours from linear sRGB, rows scaled to sum to 1. */
export function mixColourMatrix(weights: CameraWeights): Matrix {
  const mixed = mapMatrix((row, column) => weights.reduce((sum, w, i) => sum + w * sensorsOfXyz[i][row][column], 0));
  return balanceRows(multiplyMatrices(mixed, xyzOfSrgb));
}

/** Scales each row to sum to 1, so that grey stays grey. */
export function balanceRows(matrix: Matrix): Matrix {
  return mapMatrix((row, column) => matrix[row][column] / (matrix[row][0] + matrix[row][1] + matrix[row][2]));
}

/** Computes the product of two matrices: first `second` is applied, then `first`. */
export function multiplyMatrices(first: Matrix, second: Matrix): Matrix {
  return mapMatrix((row, column) => first[row].reduce((sum, value, k) => sum + value * second[k][column], 0));
}

/** Applies a matrix to a colour. */
export function applyMatrix([red, green, blue]: Matrix, colour: Rgb): Rgb {
  const dot = (row: Rgb) => row[0] * colour[0] + row[1] * colour[1] + row[2] * colour[2];
  return [dot(red), dot(green), dot(blue)];
}

/** Inverts a matrix whose rows are independent (adjugate over determinant). */
export function invertMatrix(m: Matrix): Matrix {
  const cofactor = (row: number, column: number) => {
    const [r, s, c, d] = [(row + 1) % 3, (row + 2) % 3, (column + 1) % 3, (column + 2) % 3];
    return m[r][c] * m[s][d] - m[r][d] * m[s][c];
  };
  const determinant = m[0][0] * cofactor(0, 0) + m[0][1] * cofactor(0, 1) + m[0][2] * cofactor(0, 2);
  return mapMatrix((row, column) => cofactor(column, row) / determinant);
}

/** Makes a matrix of the values that `at` gives for each row and column, 0 to 2. */
export function mapMatrix(at: (row: number, column: number) => number): Matrix {
  const row = (r: number): Rgb => [at(r, 0), at(r, 1), at(r, 2)];
  return [row(0), row(1), row(2)];
}
