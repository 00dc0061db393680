import { nodesOf } from "./graph.ts";
import { apply } from "./operation.ts";
import { nodeOf, type Tensor } from "./tensor.ts";

/**
 * Rebuilds tensors from other leaves: applies a network to another picture, or turns its parameters into constants or
 * inputs. Tensors that depend on no replaced leaf are kept.
 *
 * @param replacement returns the tensor to replace an input, parameter or constant by; undefined keeps it.
 * @throws {KindlingError} `invalid-model` if a replacement does not fit the operations that take it.
 */
export function substitute(
  tensors: readonly Tensor[],
  replacement: (leaf: Tensor) => Tensor | undefined,
): readonly Tensor[] {
  const replaced = new Map<Tensor, Tensor>();
  const current = (tensor: Tensor): Tensor => {
    const known = replaced.get(tensor);
    if (known) return known;
    const own = (nodeOf(tensor) ? undefined : replacement(tensor)) ?? tensor;
    replaced.set(tensor, own);
    return own;
  };
  for (const { operation, inputs, attributes, outputs } of nodesOf(tensors)) {
    const now = inputs.map((tensor) => tensor && current(tensor));
    if (now.every((tensor, i) => tensor === inputs[i])) continue;
    const made = apply(operation, now, attributes);
    for (const [i, output] of outputs.entries()) replaced.set(output, made[i]!);
  }
  return tensors.map(current);
}
