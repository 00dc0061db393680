/** A tensor as it lies in a checkpoint: dimensions outermost first, values in that order. */
export interface StoredTensor {
  readonly shape: readonly number[];
  /** Float16 and bfloat16 are widened to float32, 64-bit integers to doubles, 8- and 16-bit integers to int32; booleans are 0 and 1. */
  readonly values: Float32Array | Float64Array | Int32Array | Uint8Array;
}

/** How many values a shape holds: 1 for a scalar. */
export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}
