/**
 * For each of `outputs` positions along an axis of `inputs` samples, the nearest sample to the left or above:
 * min(floor(i scale), inputs - 1), where scale = inputs / outputs.
 *
 * This is the nearest resize of TensorFlow 1: scale and product are rounded to float32, which differs from exact arithmetic
 * at some sizes.
 */
export function nearestIndices(inputs: number, outputs: number): Int32Array {
  const scale = Math.fround(inputs / outputs);
  return Int32Array.from({ length: outputs }, (_, i) => Math.min(Math.floor(Math.fround(i * scale)), inputs - 1));
}
