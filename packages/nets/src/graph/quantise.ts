import { dequantizeLinear, mul, quantizeLinear, relu } from "./builders.ts";
import { createGraph, type Graph } from "./graph.ts";
import { apply } from "./operation.ts";
import { constant, constantOf, type Node, nodeOf, type Tensor } from "./tensor.ts";
import type { Weight, Weights } from "./weights.ts";

/**
 * Quantised weights range from -63 to 63. x86 processors without VNNI add two products of a weight and an activation
 * (up to 255) in 16 bits; with weights up to 127 that sum could overflow, and results would depend on the processor.
 */
const greatestWeight = 63;

/** The least magnitude that a channel's weights are scaled by, in steps: below it the bias would not fit 32 bits. */
const leastWeight = 1e-5;

/** A convolution that can be computed in integers. */
export interface QuantisableConvolution {
  readonly node: Node;
  /** The path of its weight. */
  readonly path: string;
  /** Its result: that of the ReLU after it, if nothing else reads the convolution's output. */
  readonly result: Tensor;
}

/**
 * Finds the convolutions of a graph whose weight and bias are parameters that nothing else uses.
 *
 * @example
 * // runs
 * quantisableConvolutions(graph).length; // 1
 */
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
 * Rewrites a graph so that convolutions compute in 8-bit integers: puts QuantizeLinear and DequantizeLinear around
 * them, which runtimes fuse with the convolution into one operation. Operations between convolutions, such as the sums
 * of a residual network, stay in floats.
 *
 * Each channel has its own step, although a runtime's convolution takes one step for all channels: the step of an
 * output channel is folded into its weights, that of an input channel into the weights that read it, and a product with
 * the steps converts from and to floats (cross-layer equalisation: Nagel et al. 2019, arXiv 1906.04721, section 4.1).
 * The step of a signed tensor that no convolution reads is 1/127 of the channel's magnitude. If a convolution reads it,
 * it is the geometric mean of that and the step of the tensor's greatest channel: with a finer one, the weights that
 * read a small channel would themselves be rounded to 0. Results of a ReLU have one step for all channels. The zero
 * point is 128 for signed values, 0 for results of a ReLU.
 *
 * @param weights those of the graph; others are ignored.
 * @param magnitudes the greatest absolute value of each channel of the input (`inputs[0]`) and `result` of each
 * convolution; greater values are clipped.
 * @returns a graph that holds the integers as constants; its parameters are the weights that stay floats.
 * @example
 * // runs
 * const convolutions = quantisableConvolutions(graph);
 * const tensors = [...graph.inputs, ...convolutions.map(({ result }) => result)];
 * const magnitudes = new Map(tensors.map((tensor) => [tensor, new Float32Array(3).fill(4)]));
 * const small = quantiseConvolutions(graph, weights, convolutions, magnitudes);
 * small.parameters.length; // 0
 */
export function quantiseConvolutions(
  graph: Graph,
  weights: Weights,
  convolutions: readonly QuantisableConvolution[],
  magnitudes: ReadonlyMap<Tensor, Float32Array>,
): Graph {
  const chosen = new Map(convolutions.map((convolution) => [convolution.node, convolution]));
  /** The float tensors that replace tensors of the graph. */
  const floats = new Map<Tensor, Tensor>();
  /** The tensors of the graph rounded, in units of each channel's step. */
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
    // The floats exist already, so they need not be computed from the rounded values.
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
      const quantised = quantiseWeight(weights.get(path)!, from, to);
      const quantisedBias = bias && quantiseBias(weights.get(pathOf(bias))!, to, quantised.scales);
      const [made] = apply(node.operation, [roundedOf(x!), quantised.tensor, quantisedBias], node.attributes);
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

/** Computes each channel's step: magnitude^own * greatest^(1 - own) / levels. */
function channelSteps(magnitudes: Float32Array, { levels, own }: { levels: number; own: number }): Float32Array {
  const greatest = magnitudes.reduce((most, value) => Math.max(most, value), 0);
  // The step of a channel that is always zero does not matter.
  return magnitudes.map((value) => (value ** own * greatest ** (1 - own) || 1) / levels);
}

function isUnsigned(tensor: Tensor): boolean {
  return nodeOf(tensor)?.operation.type === "Relu";
}

function roundSteps(x: Tensor, unsigned: boolean): Tensor {
  const [step, zeroPoint] = [constant(1), constantOf("uint8", Uint8Array.of(unsigned ? 0 : 128), [])];
  return dequantizeLinear(quantizeLinear(x, step, zeroPoint), step, zeroPoint);
}

/** Converts a weight to input and output in steps and rounds it to integers with one scale an output channel. */
function quantiseWeight({ shape, values }: Weight, from: Float32Array, to: Float32Array) {
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

/** Rounds a bias to 32-bit integers in the scale of the sum of products. */
function quantiseBias({ shape, values }: Weight, to: Float32Array, scales: Float32Array): Tensor {
  const whole = Int32Array.from(values, (value, output) => Math.round(value / to[output] / scales[output]));
  return dequantizeLinear(constantOf("int32", whole, shape), constant(scales), undefined, 0);
}

function pathOf({ source }: Tensor): string {
  return source.kind === "parameter" ? source.path : "";
}
