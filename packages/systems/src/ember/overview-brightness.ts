import type { ModelTensor } from "@kindling/core";

/**
 * Finds the greatest of red, green and blue of every pixel of an overview, not below 0.
 *
 * @param overview [1, 3, height, width].
 * @returns [height, width].
 */
export function greatestChannels({ values }: ModelTensor): Float32Array {
  const size = values.length / 3;
  return Float32Array.from({ length: size }, (_, i) => Math.max(values[i], values[size + i], values[2 * size + i], 0));
}
