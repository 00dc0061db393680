import type { ModelTensor } from "@kindling/core";

// A photo and its mirror image show the same kind of scene, and must get the same light. Of photos that it does not know the
// overview's answers to the two differ, in the worst case between lit and left dark. Their mean is the same for both, and
// nearer to the truth. Upside down or turned it would see scenes that there are not, with the sky below: the mean of all eight
// views is better still on pairs, but lifts skylines that are right as they are.
//
// Loops and no closures: those are compiled anew for nearly every photo.

/**
 * Stacks a map and its mirror image.
 *
 * @param map [1, channels, height, width].
 * @returns [2, channels, height, width].
 */
export function stackMirrored({ shape: [, ...sides], values }: ModelTensor): ModelTensor {
  const stacked = new Float32Array(2 * values.length);
  stacked.set(values);
  stacked.set(mirrored(values, sides[2]), values.length);
  return { shape: [2, ...sides], values: stacked };
}

/**
 * Mirrors the second of two maps back, and takes the mean of both.
 *
 * @param maps [2, channels, height, width], as of `stackMirrored`.
 * @param mean of numbers `arithmetic`, of factors above 0 `geometric`.
 * @returns [1, channels, height, width].
 */
export function meanOfMirrored(
  { shape: [, ...sides], values }: ModelTensor,
  mean: "arithmetic" | "geometric",
): ModelTensor {
  const length = values.length / 2;
  const means = mirrored(values.subarray(length), sides[2]);
  if (mean === "geometric") for (let i = 0; i < length; i++) means[i] = Math.sqrt(values[i] * means[i]);
  else for (let i = 0; i < length; i++) means[i] = (values[i] + means[i]) / 2;
  return { shape: [1, ...sides], values: means };
}

function mirrored(values: Float32Array, width: number): Float32Array {
  const turned = new Float32Array(values.length);
  for (let row = 0; row < values.length; row += width) {
    for (let column = 0; column < width; column++) turned[row + column] = values[row + width - 1 - column];
  }
  return turned;
}
