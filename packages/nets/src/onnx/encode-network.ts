import type { Graph } from "../graph/graph.ts";
import type { Network } from "../graph/network.ts";
import { pickWeights, type Weights } from "../graph/weights.ts";
import { encodeOnnx } from "./encode.ts";

/**
 * Encodes a network as an ONNX file that names the network and its paper.
 *
 * @param weights may hold those of other networks too, which are ignored.
 * @param graph replaces the network's own graph, such as one rewritten to 8 bits.
 * @param precision of the stored weights; the file computes in float32.
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
