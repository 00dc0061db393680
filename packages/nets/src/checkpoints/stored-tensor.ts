/** A tensor as a checkpoint stores it: dimensions outermost first, values in that order. */
export interface StoredTensor {
  readonly shape: readonly number[];
  /**
   * Float16 and bfloat16 are widened to float32, 64-bit integers to doubles, 8- and 16-bit integers to int32; booleans
   * are 0 and 1.
   */
  readonly values: Float32Array | Float64Array | Int32Array | Uint8Array;
}

/** Counts the values of a shape: 1 for a scalar. */
export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** The distance, in values, between neighbours along each axis of a tensor stored in row-major order. */
export function rowMajorStrides(shape: readonly number[]): number[] {
  return shape.map((_, axis) => countOf(shape.slice(axis + 1)));
}

/**
 * Copies a strided view of stored values into row-major order.
 *
 * @param first index of the view's first value; strides count values and may be 0.
 */
export function gather(
  source: StoredTensor["values"],
  first: number,
  shape: readonly number[],
  strides: readonly number[],
): StoredTensor["values"] {
  const count = countOf(shape);
  const dense = rowMajorStrides(shape);
  if (shape.every((side, axis) => side === 1 || strides[axis] === dense[axis])) {
    return source.slice(first, first + count);
  }
  // The constructor of a typed array is its own type's, which the compiler does not know.
  const values = new (source.constructor as new (length: number) => StoredTensor["values"])(count);
  const position = shape.map(() => 0);
  let from = first;
  for (let to = 0; to < count; to++) {
    values[to] = source[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++position[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      position[axis] = 0;
    }
  }
  return values;
}
