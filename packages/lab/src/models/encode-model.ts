import type { Tiling } from "@kindling/core";
import { encodeOnnx, type Graph, type Network, tilingOf, type Weights } from "@kindling/nets";
import type { ModelForm, ModelPart } from "../system.ts";

/** A part of a trained network as a file. */
export interface ModelPartFile {
  /** The ONNX file. */
  readonly bytes: Uint8Array;
  /** How it is run in tiles; left out where it must see the whole picture. */
  readonly tiling?: Tiling | undefined;
}

/**
 * The files of a trained network, by part: float16 weights, computed with in float32.
 *
 * @param weights of all parts, among others.
 * @param graphs takes the place of the graphs of parts, such as those rewritten to 8 bits.
 * @throws {KindlingError} `invalid-model` naming every weight that is missing or of the wrong shape.
 */
export function encodeModel(
  { parts }: ModelForm,
  weights: Weights,
  graphs: Readonly<Record<string, Graph>> = {},
): Readonly<Record<string, ModelPartFile>> {
  return Object.fromEntries(
    Object.entries(parts).map(([name, part]) => {
      const { network } = part;
      const bytes = encodeNetwork(network, weights, graphs[name] ?? network.build(), "float16");
      return [name, { bytes, tiling: tilingOfPart(part) }];
    }),
  );
}

/** A network with its own of all weights as an ONNX file that names it and its paper. */
export function encodeNetwork(
  { name, paper, build }: Network,
  weights: Weights,
  graph: Graph = build(),
  precision: "float16" | "float32" = "float32",
): Uint8Array {
  const own = new Map(graph.parameters.flatMap(({ path }) => (weights.has(path) ? [[path, weights.get(path)!]] : [])));
  const metadata = { network: name, paper: `${paper.authors}: ${paper.title}. ${paper.venue}, ${paper.year}` };
  return encodeOnnx(graph, own, { precision, metadata });
}

/** How a part is run in tiles; undefined where it must see the whole picture. */
export function tilingOfPart({ network, tiledAs = network }: ModelPart): Tiling | undefined {
  return tilingOf(tiledAs.build());
}
