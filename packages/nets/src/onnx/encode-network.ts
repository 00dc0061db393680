import type { Graph } from "../graph/graph.ts";
import type { Network } from "../graph/network.ts";
import { pickWeights, type Weights } from "../graph/weights.ts";
import { encodeOnnx } from "./encode.ts";

/**
 * Encodes a network, with its own of all weights, as an ONNX file that names it and its paper.
 *
 * @param graph takes the place of the network's own, such as one rewritten to 8 bits.
 * @param precision in which weights are stored; the file computes in float32.
 * @throws {KindlingError} `invalid-model` naming every weight that is missing or of the wrong shape.
 * @example
 * const fresh = initialise(network.build(), 1);
 * const file = encodeNetwork(network, fresh);
 */
export function encodeNetwork(
  { name, paper, build }: Network,
  weights: Weights,
  graph: Graph = build(),
  precision: "float16" | "float32" = "float32",
): Uint8Array {
  const metadata = { network: name, paper: `${paper.authors}: ${paper.title}. ${paper.venue}, ${paper.year}` };
  return encodeOnnx(graph, pickWeights(graph, weights), { precision, metadata });
}
