/** A 3 x 3 matrix, stored column after column. */
export type Matrix = readonly number[];

/** Multiplies two 3 x 3 matrices. */
export function multiplyMatrices(a: Matrix, b: Matrix): number[] {
  return Array.from({ length: 9 }, (_, i) => {
    const row = i % 3;
    const column = i - row;
    return a[row] * b[column] + a[row + 3] * b[column + 1] + a[row + 6] * b[column + 2];
  });
}

/** Multiplies a 3 x 3 matrix and a vector. */
export function transformVector(m: Matrix, [x, y, z]: readonly number[]): number[] {
  return [0, 1, 2].map((row) => m[row] * x + m[row + 3] * y + m[row + 6] * z);
}

/** Inverts a 3 x 3 matrix. */
export function invertMatrix([a, b, c, d, e, f, g, h, i]: Matrix): number[] {
  const cofactors = [e * i - f * h, c * h - b * i, b * f - c * e];
  const determinant = a * cofactors[0] + d * cofactors[1] + g * cofactors[2];
  const rest = [f * g - d * i, a * i - c * g, c * d - a * f, d * h - e * g, b * g - a * h, a * e - b * d];
  return [...cofactors, ...rest].map((value) => value / determinant);
}
