import type { ModelTensor } from "@kindling/core";

/** Creates a tensor of zeros. */
export function zeroTensor(...shape: readonly number[]): ModelTensor {
  return { shape, values: new Float32Array(shape.reduce((product, side) => product * side, 1)) };
}
