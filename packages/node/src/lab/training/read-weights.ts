import { settleWeights } from "@kindling/lab/internal";
import type { StoredTensor, Weight } from "@kindling/nets";
import { readCheckpoint } from "../checkpoints/read-checkpoint.ts";

/**
 * Reads the weights of a file of tensors: a run's checkpoint (its averages where it keeps them, without the optimiser's
 * memory), an ONNX model, or another format that `readCheckpoint` reads.
 *
 * @throws {KindlingError} what `readCheckpoint` throws.
 * @example
 * import { train } from "@kindling/lab";
 * const weights = await readWeights("runs/first/checkpoint.safetensors");
 * await train(plan, { store, photos: diskPhotos, runtime, weights });
 */
export async function readWeights(path: string): Promise<Map<string, Weight>> {
  return weightsOf(await readCheckpoint(path));
}

/** Picks the weights out of stored tensors: averages where there are any, without the optimiser's memory. */
export function weightsOf(tensors: ReadonlyMap<string, StoredTensor>): Map<string, Weight> {
  const settled = settleWeights(new Map(), tensors);
  return new Map([...settled].map(([name, { shape, values }]) => [name, { shape, values: new Float32Array(values) }]));
}
