import type { Tensor } from "@kindling/nets";
import { nodesOf } from "@kindling/nets/internal";
import type { Numbers } from "./numbers.ts";
import { operatorOf } from "./operators.ts";

/**
 * Computes tensors in float64, one plain loop an operation: slow, and right to about fifteen digits, so that
 * differences of two runs tell a gradient.
 *
 * @param leaves the values of inputs and parameters; all shapes must be numbers.
 */
export function evaluate(tensors: readonly Tensor[], leaves: ReadonlyMap<Tensor, Numbers>): Numbers[] {
  const known = new Map<Tensor, Numbers>(leaves);
  const numbersOf = (tensor: Tensor): Numbers => {
    const value = known.get(tensor);
    if (value) return value;
    if (tensor.source.kind !== "constant") throw new Error(`There is no value for ${JSON.stringify(tensor.source)}.`);
    const made = { shape: tensor.shape as number[], data: Float64Array.from(tensor.source.values, Number) };
    known.set(tensor, made);
    return made;
  };
  for (const node of nodesOf(tensors)) {
    const [output] = node.outputs;
    if (known.has(output)) continue;
    const inputs = node.inputs.map((tensor) => (tensor ? numbersOf(tensor) : undefined));
    // An optional input that is left out stays undefined; operators that have such look for it.
    known.set(output, operatorOf(node.operation.type)(inputs as Numbers[], node, output.shape as number[]));
  }
  return tensors.map(numbersOf);
}
