import type { Tiling } from "@kindling/core";
import type { Graph } from "./graph.ts";
import { type AxisReach, inPlace, type Span } from "./reach.ts";
import type { Node, Tensor } from "./tensor.ts";

/**
 * The tiling of a network from its structure, or undefined where some output depends on the whole picture.
 *
 * The halo is the greatest distance, over all positions of an output pixel within the alignment, to an input pixel it
 * is computed from. Sizes of tensors are taken not to matter: crops of odd sizes and zero borders lie at the picture's
 * own edge, where a tile has one too.
 */
export function tilingOf(graph: Graph): Tiling | undefined {
  let alignmentPx = 1;
  let haloPx = 0;
  for (const axis of [2, 3]) {
    const scales = scalesAlong(graph, axis);
    if (!scales || Object.values(graph.outputs).some((output) => (scales.get(output) ?? 1) !== 1)) return undefined;
    for (const scale of scales.values()) alignmentPx = Math.max(alignmentPx, 1 / scale);
    for (let position = 0; position < alignmentPx; position++) {
      for (const { first, last } of inputSpans(graph, axis, position)) {
        haloPx = Math.max(haloPx, position - first, last - position);
      }
    }
  }
  return { haloPx, alignmentPx };
}

/**
 * Whether a tensor is a picture that varies with the inputs along an axis: weights, sizes, and what is the same for
 * every tile do not count.
 */
function isPicture(tensor: Tensor | undefined, axis: number): tensor is Tensor {
  return (
    tensor?.element === "float32" &&
    tensor.shape.length === 4 &&
    tensor.shape[axis] !== 1 &&
    (tensor.source.kind === "input" || tensor.source.kind === "node")
  );
}

function reachOf(node: Node, axis: number): AxisReach | undefined {
  const { operation, inputs, attributes } = node;
  return operation.reach ? operation.reach(inputs, attributes, axis) : inPlace;
}

/** The scale of every picture against the inputs, or undefined where an operation cannot be tiled. */
function scalesAlong(graph: Graph, axis: number): Map<Tensor, number> | undefined {
  const scales = new Map<Tensor, number>();
  for (const tensor of graph.inputs) if (isPicture(tensor, axis)) scales.set(tensor, 1);
  for (const node of graph.nodes) {
    const from = node.inputs.find((tensor) => isPicture(tensor, axis) && scales.has(tensor));
    if (!from) continue;
    if (node.outputs.every((output) => output.element !== "float32")) continue;
    const reach = reachOf(node, axis);
    if (!reach) return undefined;
    for (const output of node.outputs) scales.set(output, scales.get(from)! * reach.scale);
  }
  return scales;
}

/** For the output pixel at a position, the span of pixels of each input picture that it depends on. */
function inputSpans(graph: Graph, axis: number, position: number): Span[] {
  const spans = new Map<Tensor, Span>();
  for (const output of Object.values(graph.outputs)) spans.set(output, { first: position, last: position });
  for (const node of [...graph.nodes].reverse()) {
    const output = spans.get(node.outputs[0]!);
    if (!output) continue;
    const needed = reachOf(node, axis)?.needs(output);
    if (!needed) continue;
    for (const tensor of node.inputs) {
      if (!isPicture(tensor, axis)) continue;
      const known = spans.get(tensor) ?? needed;
      spans.set(tensor, { first: Math.min(known.first, needed.first), last: Math.max(known.last, needed.last) });
    }
  }
  return graph.inputs.flatMap((tensor) => spans.get(tensor) ?? []);
}
