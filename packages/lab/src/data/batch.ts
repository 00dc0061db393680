/** Numbers with a shape: pictures are [batch, channels, height, width]. */
export interface BatchTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** What one training step is fed, by name. */
export type Batch = Readonly<Record<string, BatchTensor>>;

/** A tensor of zeros. */
export function zeroTensor(...shape: readonly number[]): BatchTensor {
  return { shape, values: new Float32Array(shape.reduce((product, side) => product * side, 1)) };
}
