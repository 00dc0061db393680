import type { Tiling } from "@kindling/core/internal";
import { lengthAt } from "./dimension.ts";
import type { Graph } from "./graph.ts";
import { type AxisReach, inPlace, type Span } from "./reach.ts";
import type { Node, Tensor } from "./tensor.ts";

/** A side that every grid divides. */
const largeSidePx = 4096;

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
    if (!scales || !Object.values(graph.outputs).every((output) => covers(output, axis, scales.get(output) ?? 1)))
      return undefined;
    for (const scale of scales.values()) alignmentPx = Math.max(alignmentPx, 1 / scale);
    for (let position = 0; position < alignmentPx; position++) {
      for (const { first, last } of inputSpans(graph, axis, position, scales)) {
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

/** How large an input is beside the picture; those of a fixed size count as it. */
function scaleOf(tensor: Tensor, axis: number): number {
  const side = tensor.shape[axis]!;
  return typeof side === "number" ? 1 : lengthAt(side, largeSidePx) / largeSidePx;
}

/**
 * Whether an output is the picture's size, or covers all of it in blocks of pixels, the last of which may reach beyond its
 * edge: others would not fit together from tiles.
 */
function covers(output: Tensor, axis: number, scale: number): boolean {
  const blocks = [largeSidePx - 1, largeSidePx].map((side) => lengthAt(output.shape[axis]!, side));
  return scale === 1 || (scale < 1 && blocks.every((count) => count === scale * largeSidePx));
}

function reachOf(node: Node, axis: number): AxisReach | undefined {
  const { operation, inputs, attributes } = node;
  return operation.reach ? operation.reach(inputs, attributes, axis) : inPlace;
}

/**
 * Computes the scale of each tensor relative to the picture, which inputs may hold at a part of its size; undefined if an
 * operation cannot be tiled.
 */
function scalesAlong(graph: Graph, axis: number): Map<Tensor, number> | undefined {
  const scales = new Map<Tensor, number>();
  for (const tensor of graph.inputs) if (isPicture(tensor, axis)) scales.set(tensor, scaleOf(tensor, axis));
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

/** Computes the span of pixels of each input picture that the outputs at a pixel's position depend on. */
function inputSpans(graph: Graph, axis: number, position: number, scales: ReadonlyMap<Tensor, number>): Span[] {
  const spans = new Map<Tensor, Span>();
  for (const output of Object.values(graph.outputs)) {
    const at = Math.floor(position * (scales.get(output) ?? 1));
    spans.set(output, { first: at, last: at });
  }
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
  return graph.inputs.flatMap((tensor) => {
    const span = spans.get(tensor);
    const scale = scales.get(tensor) ?? 1;
    return span ? [{ first: span.first / scale, last: (span.last + 1) / scale - 1 }] : [];
  });
}
