import type { ModelTensor } from "@kindling/core";
import { emberBrightness } from "./facts.ts";

/**
 * Finds the greatest of red, green and blue of every pixel of an overview, not below 0.
 *
 * @param overview [1, 3, height, width].
 * @returns [height, width].
 */
export function greatestChannels({ values }: ModelTensor): Float32Array {
  const size = values.length / 3;
  const greatest = new Float32Array(size);
  for (let i = 0; i < size; i++) greatest[i] = Math.max(values[i], values[size + i], values[2 * size + i], 0);
  return greatest;
}

/** Computes `emberBrightness` of an overview, [1, 3, 64, 64]. */
export function overviewBrightness(overview: ModelTensor): number {
  return emberBrightness<Float32Array, number>({
    brightest: () => greatestChannels(overview),
    sqrt: (pixels) => pixels.map(Math.sqrt),
    mean: (pixels) => pixels.reduce((sum, value) => sum + value, 0) / pixels.length,
    max: Math.max,
    div: (value, by) => value / by,
  });
}
