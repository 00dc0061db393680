/** Which neighbour a difference goes to: the right one, or the one below. */
export type Direction = "east" | "south";

/** What the last column's right and the last row's lower neighbours are: none, which gives 0, or the first ones. */
export type DifferenceBorder = "none" | "periodic";

/** Each pixel's neighbour in one direction minus itself. */
export function differences(
  values: ArrayLike<number>,
  width: number,
  direction: Direction,
  border: DifferenceBorder,
): Float64Array {
  const result = new Float64Array(values.length);
  const step = direction === "east" ? 1 : width;
  const around = direction === "east" ? width : values.length;
  for (let i = 0; i < result.length; i++) {
    if (hasNeighbour(i, width, result.length, direction)) result[i] = values[i + step] - values[i];
    else if (border === "periodic") result[i] = values[i + step - around] - values[i];
  }
  return result;
}

/**
 * D^T of a field of differences, which is minus its divergence; periodic, so differences without a neighbour must be 0.
 *
 * @returns for each pixel the differences that lead to it minus those that leave it.
 */
export function transposeDifferences(east: Float64Array, south: Float64Array, width: number): Float64Array {
  const result = new Float64Array(east.length);
  for (let i = 0; i < result.length; i++) {
    const left = i % width > 0 ? i - 1 : i + width - 1;
    const above = i >= width ? i - width : i + result.length - width;
    result[i] = east[left] - east[i] + south[above] - south[i];
  }
  return result;
}

/** Whether a pixel of a plane of `count` pixels has a neighbour in this direction. */
export function hasNeighbour(index: number, width: number, count: number, direction: Direction): boolean {
  return direction === "east" ? (index + 1) % width !== 0 : index + width < count;
}

/** Moves a value towards zero by `threshold`, at most to zero. */
export function shrink(value: number, threshold: number): number {
  return Math.sign(value) * Math.max(Math.abs(value) - threshold, 0);
}
