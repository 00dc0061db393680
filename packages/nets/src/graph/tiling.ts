import type { Tiling } from "@kindling/core/internal";
import type { Graph } from "./graph.ts";
import { type AxisReach, inPlace, type Span } from "./reach.ts";
import type { Node, Tensor } from "./tensor.ts";

/**
 * Derives the tiling of a network from its structure; undefined if some output depends on the whole picture.
 *
 * The halo is the greatest distance from an output pixel, at any position within the alignment, to an input pixel that
 * it is computed from. Sizes of tensors are ignored: crops to odd sizes and zero borders are at the edge of the
 * picture, where a tile has its edge too.
 *
 * @example
 * // runs
 * tilingOf(graph)?.haloPx; // 1
 * tilingOf(graph)?.alignmentPx; // 1
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
 * Whether a tensor is a picture that varies along an axis: not a weight or a size, and not the same for all tiles.
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

/** Computes the scale of each picture relative to the inputs; undefined if an operation cannot be tiled. */
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

/** Computes the span of pixels of each input picture that the output pixel at a position depends on. */
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
