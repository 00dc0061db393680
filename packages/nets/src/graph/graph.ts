import { KindlingError } from "@kindling/core";
import { identity } from "./builders.ts";
import { countElements, type DimensionValues, evaluateShape, formatShape } from "./dimension.ts";
import type { Initialiser } from "./initialiser.ts";
import { type Node, nodeOf, type Tensor } from "./tensor.ts";

/** A parameter of a graph. */
export interface Parameter {
  /** Its name: `decomposition/g1/weight`. */
  readonly path: string;
  readonly tensor: Tensor;
  readonly shape: readonly number[];
  readonly initialiser: Initialiser;
  /** Whether training changes it by gradient descent; running statistics of batch normalisation are not learnt. */
  readonly learnt: boolean;
}

/** A network, a loss or a training step: everything its outputs depend on, in an order of computation. */
export interface Graph {
  readonly name: string;
  readonly inputs: readonly Tensor[];
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** Each after the nodes whose outputs it takes. The order depends only on the structure. */
  readonly nodes: readonly Node[];
  /** In the order of their first use. */
  readonly parameters: readonly Parameter[];
}

/**
 * Gathers everything that outputs depend on into a graph.
 *
 * @param inputs the inputs of a run, in this order; every input the outputs depend on must be among them.
 * @throws {KindlingError} `invalid-model` if an input is missing or two inputs, outputs or parameters share a name.
 * @example
 * // runs
 * const enhanced = sigmoid(convolution(scope.at("out"), image, { channels: 3 }));
 * const graph = createGraph("brighten", [image], { enhanced });
 * graph.parameters.map(({ path }) => path); // ["out/weight", "out/bias"]
 */
export function createGraph(name: string, inputs: readonly Tensor[], outputs: Readonly<Record<string, Tensor>>): Graph {
  const distinct = separateOutputs(outputs);
  const { nodes, leaves } = collect(Object.values(distinct));
  const names = [...inputs.map(inputName), ...Object.keys(distinct)];
  const repeated = names.find((candidate, i) => names.indexOf(candidate) !== i);
  if (repeated !== undefined)
    throw new KindlingError("invalid-model", `${name}: two inputs or outputs are called ${repeated}.`);

  for (const { source } of [...leaves].filter((tensor) => !inputs.includes(tensor))) {
    if (source.kind === "input") {
      throw new KindlingError(
        "invalid-model",
        `${name}: the outputs depend on ${source.name}, which is not among the inputs.`,
      );
    }
  }
  return { name, inputs, outputs: distinct, nodes, parameters: parametersAmong(name, { nodes, leaves }) };
}

function parametersAmong(name: string, { nodes, leaves }: Collected): Parameter[] {
  const statistics = new Set(nodes.flatMap((node) => node.operation.statistics?.map((i) => node.inputs[i]) ?? []));
  const parameters = new Map<string, Parameter>();
  for (const tensor of leaves) {
    const { source } = tensor;
    if (source.kind !== "parameter") continue;
    const { path, initialiser } = source;
    if (parameters.has(path)) {
      throw new KindlingError(
        "invalid-model",
        `${name}: two parameters are called ${path}; take both from one scope to share it.`,
      );
    }
    const shape = evaluateShape(tensor.shape, {});
    parameters.set(path, { path, tensor, shape, initialiser, learnt: !statistics.has(tensor) });
  }
  return [...parameters.values()];
}

/** The parameters that tensors depend on, in the order of their first use. */
export function parametersOf(tensors: readonly Tensor[]): readonly Parameter[] {
  return parametersAmong("parameters", collect(tensors));
}

/**
 * The name of a graph's input.
 *
 * @example
 * // runs
 * inputName(image); // "image"
 */
export function inputName(tensor: Tensor): string {
  if (tensor.source.kind === "input") return tensor.source.name;
  throw new KindlingError(
    "invalid-model",
    `A graph's inputs must be made by input(); got a tensor ${formatShape(tensor.shape)} of another kind.`,
  );
}

/**
 * The number of values that training learns.
 *
 * @example
 * // runs
 * const enhanced = convolution(scope.at("count"), image, { channels: 16 });
 * countParameters(createGraph("layer", [image], { enhanced })); // 448
 */
export function countParameters(graph: Graph): number {
  return graph.parameters.reduce((sum, { shape, learnt }) => sum + (learnt ? countElements(shape) : 0), 0);
}

/**
 * The multiply-accumulates of one run, in convolutions and matrix products.
 *
 * @param values numbers for the free dimensions.
 * @throws {KindlingError} `invalid-option` if a free dimension has no value.
 * @example
 * // runs
 * const { batch, height, width } = anySize;
 * const photos = input("photos", [batch, 3, height, width]);
 * const layer = createGraph("layer", [photos], { y: convolution(scope.at("macs"), photos, { channels: 16 }) });
 * countMacs(layer, { batch: 1, height: 400, width: 600 }); // 103680000
 */
export function countMacs(graph: Graph, values: DimensionValues): number {
  let sum = 0;
  for (const { operation, inputs, outputs, attributes } of graph.nodes) {
    if (!operation.macs) continue;
    const shapes = inputs.map((tensor) => (tensor ? evaluateShape(tensor.shape, values) : []));
    sum += operation.macs(shapes, evaluateShape(outputs[0]!.shape, values), attributes);
  }
  return sum;
}

/** Puts an Identity before each output that no node makes or that is an output already, as ONNX requires. */
function separateOutputs(outputs: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  const seen = new Set<Tensor>();
  return Object.fromEntries(
    Object.entries(outputs).map(([name, tensor]) => {
      const own = nodeOf(tensor) && !seen.has(tensor) ? tensor : identity(tensor);
      seen.add(own);
      return [name, own];
    }),
  );
}

/** The nodes that tensors depend on, each after those whose outputs it takes. */
export function nodesOf(tensors: readonly Tensor[]): readonly Node[] {
  return collect(tensors).nodes;
}

interface Collected {
  readonly nodes: Node[];
  readonly leaves: Set<Tensor>;
}

/** Walks depth first with an explicit stack, because a training step is thousands of nodes deep. */
function collect(outputs: readonly Tensor[]): Collected {
  const nodes: Node[] = [];
  const leaves = new Set<Tensor>();
  const visited = new Set<Node>();
  const stack: { node: Node; next: number }[] = [];
  const visit = (tensor: Tensor) => {
    const node = nodeOf(tensor);
    if (!node) leaves.add(tensor);
    else if (!visited.has(node)) {
      visited.add(node);
      stack.push({ node, next: 0 });
    }
  };
  for (const output of outputs) {
    visit(output);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      if (top.next === top.node.inputs.length) {
        nodes.push(top.node);
        stack.pop();
        continue;
      }
      const tensor = top.node.inputs[top.next++];
      if (tensor) visit(tensor);
    }
  }
  return { nodes, leaves };
}
