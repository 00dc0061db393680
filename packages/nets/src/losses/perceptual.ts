import { KindlingError } from "@kindling/core";
import { type Graph, inputName } from "../graph/graph.ts";
import { substitute } from "../graph/substitute.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Weights } from "../graph/weights.ts";

/** Computes the features of a picture: one layer of a trained network. */
export type Features = (image: Tensor) => Tensor;

/**
 * Makes a function that computes one layer of a trained network, for losses that compare pictures by their features.
 * The weights are constants: gradients flow through them to the picture and never change them.
 *
 * @param backbone a network of one input, such as `decodeOnnx` reads from a file.
 * @param layer the name of an output, or of a tensor inside as the file has it.
 * @throws {KindlingError} `invalid-option` for an unknown layer; the message lists the known ones; `invalid-model` if
 * the network takes more than one input or a weight is missing.
 * @example
 * const { graph, weights } = decodeOnnx(bytes, "squeezenet.onnx");
 * const see = featuresOf(graph, weights, "fire4");
 * const error = meanSquaredError(see(image), see(target));
 */
export function featuresOf(backbone: Graph, weights: Weights, layer: string): Features {
  const named = new Map(Object.entries(backbone.outputs));
  for (const tensor of backbone.nodes.flatMap(({ outputs }) => outputs)) {
    if (tensor.name !== undefined && !named.has(tensor.name)) named.set(tensor.name, tensor);
  }
  const chosen = named.get(layer);
  if (!chosen) {
    throw new KindlingError(
      "invalid-option",
      `perceptual layer: ${backbone.name} has no ${layer}; choose one of ${[...named.keys()].join(", ")}.`,
    );
  }
  const [picture, ...more] = backbone.inputs;
  if (!picture || more.length > 0) {
    const names = backbone.inputs.map(inputName).join(", ") || "none";
    throw new KindlingError(
      "invalid-model",
      `A perceptual network takes one picture; ${backbone.name} takes ${names}.`,
    );
  }
  const fixed = new Map(backbone.parameters.map(({ path, tensor }) => [tensor, constantOf(path, weights)]));
  return (image) => substitute([chosen], (leaf) => (leaf === picture ? image : fixed.get(leaf)))[0]!;
}

function constantOf(path: string, weights: Weights): Tensor {
  const weight = weights.get(path);
  if (!weight) throw new KindlingError("invalid-model", `The perceptual network's weight ${path} is missing.`);
  return { element: "float32", shape: weight.shape, source: { kind: "constant", values: weight.values } };
}
