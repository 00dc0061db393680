import { dequantizeLinear, mul, quantizeLinear, relu } from "./builders.ts";
import { createGraph, type Graph } from "./graph.ts";
import { apply } from "./operation.ts";
import { constant, constantOf, type Node, nodeOf, type Tensor } from "./tensor.ts";
import type { Weight, Weights } from "./weights.ts";

/**
 * Whole numbers of weights: from -63 to 63. Of two products with 255 each, x86 processors without VNNI keep the sum in
 * 16 bits; with weights up to 127 it would not fit there, and results would depend on the processor.
 */
const greatestWeight = 63;

/** No channel's weights count as smaller, in steps: with finer ones its bias would not fit 32 bits. */
const leastWeight = 1e-5;

/** A convolution whose arithmetic can be done in whole numbers. */
export interface QuantisableConvolution {
  readonly node: Node;
  /** The path of its weight. */
  readonly path: string;
  /** What it makes: the result of the ReLU behind it, where nothing else reads the convolution's own. */
  readonly result: Tensor;
}

/** The convolutions of a graph whose weight and bias are parameters of their own. */
export function quantisableConvolutions(graph: Graph): readonly QuantisableConvolution[] {
  const readers = new Map<Tensor, Node[]>();
  for (const node of graph.nodes) {
    for (const tensor of node.inputs) if (tensor) readers.set(tensor, [...(readers.get(tensor) ?? []), node]);
  }
  const outputs = Object.values(graph.outputs);
  const isOwn = (tensor: Tensor | undefined) =>
    tensor?.source.kind === "parameter" && readers.get(tensor)?.length === 1;
  return graph.nodes.flatMap((node) => {
    const [, weight, bias] = node.inputs;
    if (node.operation.type !== "Conv" || node.attributes["group"] !== 1) return [];
    if (!(isOwn(weight) && (bias === undefined || isOwn(bias)))) return [];
    const made = node.outputs[0]!;
    const [next, ...others] = readers.get(made) ?? [];
    const activated = next?.operation.type === "Relu" && others.length === 0 && !outputs.includes(made);
    return [{ node, path: pathOf(weight!), result: activated ? next.outputs[0]! : made }];
  });
}

/**
 * The same graph with convolutions in whole numbers of 8 bits, as QuantizeLinear and DequantizeLinear around them, which
 * runtimes fuse with the convolution into one operation. What lies between convolutions, such as the sums of a residual
 * network, stays in floats.
 *
 * Channels are rounded by steps of their own, although a runtime's convolution knows one step for all: the step of an
 * output channel is folded into its weights, that of an input channel into the weights that read it, and where floats
 * go in or out there is a product with the steps (cross-layer equalisation: Nagel et al. 2019, arXiv 1906.04721,
 * section 4.1). A channel that is only made has 127 steps to its greatest value. One that is read has a step half way, by
 * the geometric mean, to that of the tensor's greatest channel, since weights that read small channels in fine steps
 * would themselves be rounded to nothing; results of a ReLU have one step for all channels. Signed values have 128 for
 * their zero, results of a ReLU 0.
 *
 * @param magnitudes the greatest absolute value of each channel of what a convolution reads (`inputs[0]`) and makes
 * (`result`), for each of the convolutions; what is beyond the steps is cut off.
 * @param weights of the graph; more do not matter.
 * @returns the graph with the whole numbers in it; its parameters are the weights that stay floats.
 */
export function quantiseConvolutions(
  graph: Graph,
  weights: Weights,
  convolutions: readonly QuantisableConvolution[],
  magnitudes: ReadonlyMap<Tensor, Float32Array>,
): Graph {
  const chosen = new Map(convolutions.map((convolution) => [convolution.node, convolution]));
  /** What stands for a tensor, as floats, where it is not the tensor itself. */
  const floats = new Map<Tensor, Tensor>();
  /** Tensors rounded, in steps of each channel. */
  const rounded = new Map<Tensor, Tensor>();
  const read = new Set(convolutions.map(({ node }) => node.inputs[0]!));
  const stepsOf = (tensor: Tensor) => {
    if (isUnsigned(tensor)) return channelSteps(magnitudes.get(tensor)!, { levels: 255, own: 0 });
    return channelSteps(magnitudes.get(tensor)!, { levels: 127, own: read.has(tensor) ? 0.5 : 1 });
  };
  const channels = (steps: Float32Array) => constant(steps, [1, steps.length, 1, 1]);
  const floatOf = (tensor: Tensor): Tensor => {
    const steps = rounded.get(tensor);
    if (!floats.has(tensor) && steps) floats.set(tensor, mul(steps, channels(stepsOf(tensor))));
    return floats.get(tensor) ?? tensor;
  };
  const roundedOf = (tensor: Tensor): Tensor => {
    const known = rounded.get(tensor);
    if (known) return known;
    const inSteps = mul(floatOf(tensor), channels(stepsOf(tensor).map((step) => 1 / step)));
    const made = roundSteps(inSteps, isUnsigned(tensor));
    // Floats are at hand already: they need not be made of what was rounded.
    floats.set(tensor, floatOf(tensor));
    rounded.set(tensor, made);
    return made;
  };

  for (const node of graph.nodes) {
    const convolution = chosen.get(node);
    if (convolution) {
      const [x, , bias] = node.inputs;
      const { result, path } = convolution;
      const [from, to] = [stepsOf(x!), stepsOf(result)];
      const whole = wholeWeight(weights.get(path)!, from, to);
      const wholeBias = bias && bias32(weights.get(pathOf(bias))!, to, whole.scales);
      const [made] = apply(node.operation, [roundedOf(x!), whole.tensor, wholeBias], node.attributes);
      rounded.set(result, roundSteps(isUnsigned(result) ? relu(made!) : made!, isUnsigned(result)));
    } else if (!node.outputs.some((tensor) => rounded.has(tensor))) {
      const made = apply(
        node.operation,
        node.inputs.map((tensor) => tensor && floatOf(tensor)),
        node.attributes,
      );
      for (const [i, output] of node.outputs.entries()) floats.set(output, made[i]!);
    }
  }
  const outputs = Object.entries(graph.outputs).map(([name, tensor]) => [name, floatOf(tensor)]);
  return createGraph(graph.name, graph.inputs, Object.fromEntries(outputs));
}

/** The step of each channel; its own magnitude counts as much as `own` says, from 0 to 1, the greatest of all the rest. */
function channelSteps(magnitudes: Float32Array, { levels, own }: { levels: number; own: number }): Float32Array {
  const greatest = magnitudes.reduce((most, value) => Math.max(most, value), 0);
  // A channel that is always zero needs no step; any will do.
  return magnitudes.map((value) => (value ** own * greatest ** (1 - own) || 1) / levels);
}

function isUnsigned(tensor: Tensor): boolean {
  return nodeOf(tensor)?.operation.type === "Relu";
}

function roundSteps(x: Tensor, unsigned: boolean): Tensor {
  const [step, zeroPoint] = [constant(1), constantOf("uint8", Uint8Array.of(unsigned ? 0 : 128), [])];
  return dequantizeLinear(quantizeLinear(x, step, zeroPoint), step, zeroPoint);
}

/** A weight for input and output in steps, in whole numbers of a scale for each output channel. */
function wholeWeight({ shape, values }: Weight, from: Float32Array, to: Float32Array) {
  const [outputs, , height, width] = shape as readonly [number, number, number, number];
  const size = values.length / outputs;
  const scales = new Float32Array(outputs);
  const whole = new Int8Array(values.length);
  for (let output = 0; output < outputs; output++) {
    const inSteps = values
      .subarray(output * size, (output + 1) * size)
      .map((value, i) => (value * from[Math.floor(i / (height * width))]) / to[output]);
    const greatest = inSteps.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    scales[output] = Math.max(greatest, leastWeight) / greatestWeight;
    for (let i = 0; i < size; i++) whole[output * size + i] = Math.round(inSteps[i] / scales[output]);
  }
  const tensor = dequantizeLinear(
    constantOf("int8", whole, shape),
    constant(scales),
    constantOf("int8", new Int8Array(outputs), [outputs]),
    0,
  );
  return { tensor, scales };
}

/** A bias in whole numbers of the scale that the sum of products has. */
function bias32({ shape, values }: Weight, to: Float32Array, scales: Float32Array): Tensor {
  const whole = Int32Array.from(values, (value, output) => Math.round(value / to[output] / scales[output]));
  return dequantizeLinear(constantOf("int32", whole, shape), constant(scales), undefined, 0);
}

function pathOf({ source }: Tensor): string {
  return source.kind === "parameter" ? source.path : "";
}
