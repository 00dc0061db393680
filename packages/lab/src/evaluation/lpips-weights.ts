import { KindlingError } from "@kindling/core";
import { readSafetensors, type StoredTensor } from "@kindling/nets";

/**
 * Reads LPIPS' linear weights from a safetensors file: the tensors `lin0`, `lin1` and so on, with one value a channel.
 *
 * @param file names the file in errors.
 * @throws {KindlingError} `invalid-model` where the file cannot be read or has no `lin0`.
 * @example
 * const weights = readLpipsWeights(bytes, "lin.safetensors");
 * const { lpips } = await measureResult(result, { reference, lpipsModel: { backbone: session, weights } });
 */
export function readLpipsWeights(bytes: Uint8Array, file: string): StoredTensor["values"][] {
  const tensors = readSafetensors(bytes, file);
  const weights: StoredTensor["values"][] = [];
  for (let layer = tensors.get("lin0"); layer; layer = tensors.get(`lin${weights.length}`)) weights.push(layer.values);
  if (weights.length > 0) return weights;
  throw new KindlingError(
    "invalid-model",
    `${file}: LPIPS needs the tensors lin0, lin1 and so on; this file has no lin0.`,
  );
}
