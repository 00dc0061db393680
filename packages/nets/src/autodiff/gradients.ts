import { KindlingError } from "@kindling/core";
import * as builders from "../graph/builders.ts";
import { formatShape, same } from "../graph/dimension.ts";
import { nodesOf } from "../graph/graph.ts";
import { constant, type Node, type Tensor } from "../graph/tensor.ts";

/**
 * How a scalar changes with each of some tensors, by reverse-mode differentiation.
 *
 * The gradients are made of the same operations as everything else: they can stand in a graph, be written as an ONNX
 * file and be differentiated again. Each has the shape of its tensor; a tensor the loss does not depend on gets zeros.
 * Pictures that convolutions, poolings or resizes work on must have their height and width in numbers.
 *
 * @param loss a float32 tensor of one element.
 * @param of inputs, parameters or any tensors the loss is made from.
 * @throws {KindlingError} `invalid-model` where the loss is no scalar, an operation has no gradient, or a size is free
 * that a gradient needs as a number.
 */
export function gradients(loss: Tensor, of: readonly Tensor[]): Tensor[] {
  if (loss.element !== "float32" || !loss.shape.every((side) => same(side, 1))) {
    throw new KindlingError(
      "invalid-model",
      `Only a single float32 number can be differentiated, not ${loss.element} ${formatShape(loss.shape)}.`,
    );
  }
  const nodes = nodesOf([loss]);
  const dependent = dependentOn(of, nodes);
  const sums = new Map<Tensor, Tensor>();
  const accumulate = (tensor: Tensor, gradient: Tensor) => {
    const sum = sums.get(tensor);
    sums.set(tensor, sum ? builders.add(sum, gradient) : gradient);
  };
  accumulate(loss, constant([1], loss.shape as readonly number[]));
  // Each node comes after every node that takes its outputs: their gradients are whole when it is reached.
  for (const node of nodes.toReversed()) {
    const outputGradients = node.outputs.map((tensor) => sums.get(tensor));
    if (!node.outputs.some((tensor) => dependent.has(tensor)) || outputGradients.every((g) => !g)) continue;
    const inputGradients = gradientOf(node, outputGradients);
    for (const [i, tensor] of node.inputs.entries()) {
      const gradient = inputGradients[i];
      if (tensor && gradient && dependent.has(tensor)) accumulate(tensor, gradient);
    }
  }
  return of.map((tensor) => sums.get(tensor) ?? builders.expand(constant(0), builders.shapeOf(tensor)));
}

function gradientOf(node: Node, outputGradients: readonly (Tensor | undefined)[]): readonly (Tensor | undefined)[] {
  const { operation } = node;
  if (operation.gradient) return operation.gradient(node, outputGradients, builders);
  throw new KindlingError(
    "invalid-model",
    `The operation ${operation.type} has no gradient: it cannot be trained through.`,
  );
}

/** The float32 tensors among the nodes' outputs that change when one of `of` does, and those themselves. */
function dependentOn(of: readonly Tensor[], nodes: readonly Node[]): ReadonlySet<Tensor> {
  const dependent = new Set(of);
  for (const { inputs, outputs } of nodes) {
    if (!inputs.some((tensor) => tensor && dependent.has(tensor))) continue;
    for (const output of outputs) if (output.element === "float32") dependent.add(output);
  }
  return dependent;
}
