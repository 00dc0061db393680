import { KindlingError } from "@kindling/core";
import * as builders from "../graph/builders.ts";
import { formatShape, same } from "../graph/dimension.ts";
import { nodesOf } from "../graph/graph.ts";
import { type Build, constant, type Node, type Tensor } from "../graph/tensor.ts";

/**
 * Differentiates a scalar with respect to tensors, by reverse-mode differentiation.
 *
 * The gradients are built from the same operations as networks, so they can be outputs of a graph, be written to an
 * ONNX file and be differentiated again. Each has the shape of its tensor; it is zero if the loss does not depend on
 * the tensor. Pictures that are convolved, pooled or resized must have their height and width in numbers.
 *
 * @param loss a float32 tensor of one element.
 * @param of inputs, parameters or any other tensors that the loss is computed from.
 * @throws {KindlingError} `invalid-model` if the loss is not a scalar, an operation has no gradient, or a gradient
 * needs a free size as a number.
 * @example
 * // runs
 * const weight = scope.at("gain").parameter("weight", [3, 1, 1], xavierUniform);
 * const loss = meanAbsoluteError(mul(image, weight), target);
 * const [gradient] = gradients(loss, [weight]); // [3, 1, 1]
 */
export function gradients(loss: Tensor, of: readonly Tensor[]): Tensor[] {
  if (loss.element !== "float32" || !loss.shape.every((side) => same(side, 1))) {
    throw new KindlingError(
      "invalid-model",
      `Only a float32 tensor of one element can be differentiated, got ${loss.element} ${formatShape(loss.shape)}.`,
    );
  }
  const nodes = nodesOf([loss]);
  const dependent = findDependents(of, nodes);
  const sums = new Map<Tensor, Tensor>();
  const accumulate = (tensor: Tensor, gradient: Tensor) => {
    const sum = sums.get(tensor);
    sums.set(tensor, sum ? builders.add(sum, gradient) : gradient);
  };
  accumulate(loss, constant([1], loss.shape as readonly number[]));
  // In this order a node comes after all nodes that use its outputs, so the gradients of these are complete.
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
  if (operation.gradient) return operation.gradient(node, outputGradients, builders satisfies Build);
  throw new KindlingError(
    "invalid-model",
    `The operation ${operation.type} has no gradient, so no loss behind it can be differentiated.`,
  );
}

/** Finds the float32 outputs of nodes that depend on a tensor of `of`; includes these tensors. */
function findDependents(of: readonly Tensor[], nodes: readonly Node[]): ReadonlySet<Tensor> {
  const dependent = new Set(of);
  for (const { inputs, outputs } of nodes) {
    if (!inputs.some((tensor) => tensor && dependent.has(tensor))) continue;
    for (const output of outputs) if (output.element === "float32") dependent.add(output);
  }
  return dependent;
}
