import { type Graph, inputName } from "../graph/graph.ts";
import type { Node, Tensor } from "../graph/tensor.ts";

/** The names of a graph's tensors in its ONNX file. */
export interface TensorNames {
  readonly nameOf: (tensor: Tensor) => string;
  /** Every constant, in the order of first use. */
  readonly constants: readonly Tensor[];
}

/** Returns the name of the float16 initialiser that a parameter is cast from when the file is loaded. */
export function halfName(path: string): string {
  return `${path}.float16`;
}

/**
 * Gives each tensor of a graph a unique name. Inputs, outputs and parameters keep their own, tensors read from a file
 * keep theirs; other outputs of nodes are named after the operation and, if it takes parameters, their part of the
 * network.
 */
export function nameTensors(graph: Graph): TensorNames {
  const names = new Map<Tensor, string>();
  const taken = new Set<string>();
  const copies = new Map<string, number>();
  const give = (tensor: Tensor, wanted: string) => {
    if (names.has(tensor)) return;
    let copy = copies.get(wanted) ?? 1;
    while (taken.has(copy === 1 ? wanted : `${wanted}_${copy}`)) copy++;
    const name = copy === 1 ? wanted : `${wanted}_${copy}`;
    copies.set(wanted, copy);
    taken.add(name);
    names.set(tensor, name);
  };
  for (const tensor of graph.inputs) give(tensor, inputName(tensor));
  for (const [name, tensor] of Object.entries(graph.outputs)) give(tensor, name);
  for (const { path, tensor } of graph.parameters) give(tensor, path);

  const constants = new Set<Tensor>();
  for (const { inputs } of graph.nodes) {
    for (const tensor of inputs) if (tensor?.source.kind === "constant") constants.add(tensor);
  }
  const made = [...constants, ...graph.nodes.flatMap((node) => node.outputs)];
  // Names from a file first, so that no generated name takes one of them.
  for (const tensor of made) if (tensor.name !== undefined) give(tensor, tensor.name);
  for (const tensor of constants) give(tensor, "constant");
  for (const node of graph.nodes) for (const tensor of node.outputs) give(tensor, nameAfterOperation(node));
  return { nameOf: (tensor) => names.get(tensor)!, constants: [...constants] };
}

function nameAfterOperation({ operation, inputs }: Node): string {
  for (const tensor of inputs) {
    if (tensor?.source.kind !== "parameter") continue;
    const part = tensor.source.path.split("/").slice(0, -1).join("/");
    if (part !== "") return `${part}/${operation.type}`;
  }
  return operation.type;
}
