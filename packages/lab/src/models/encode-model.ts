import type { Tiling } from "@kindling/core/internal";
import { encodeNetwork, type Graph, tilingOf, type Weights } from "@kindling/nets";
import type { ModelForm, ModelPart } from "../system.ts";

/** A part of a trained network as a file. */
export interface ModelPartFile {
  /** The ONNX file. */
  readonly bytes: Uint8Array;
  /** How it is run in tiles; left out where it must see the whole picture. */
  readonly tiling?: Tiling | undefined;
}

/** How a model is encoded. */
export interface EncodeModelOptions {
  readonly graphs?: Readonly<Record<string, Graph>>;
  readonly precision?: "float16" | "float32";
}

/**
 * Encodes a trained network as files, by part.
 *
 * @param weights of all parts, among others.
 * @param options.graphs take the place of the graphs of parts, such as those rewritten to 8 bits.
 * @param options.precision in which weights are stored; computed is in float32. Default float16.
 * @throws {KindlingError} `invalid-model` naming every weight that is missing or of the wrong shape.
 */
export function encodeModel(
  { parts }: ModelForm,
  weights: Weights,
  { graphs = {}, precision = "float16" }: EncodeModelOptions = {},
): Readonly<Record<string, ModelPartFile>> {
  return Object.fromEntries(
    Object.entries(parts).map(([name, part]) => {
      const { network } = part;
      const bytes = encodeNetwork(network, weights, graphs[name] ?? network.build(), precision);
      return [name, { bytes, tiling: tilingOfPart(part) }];
    }),
  );
}

/** Finds how a part is run in tiles; undefined where it must see the whole picture. */
export function tilingOfPart({ network, tiledAs = network }: ModelPart): Tiling | undefined {
  return tilingOf(tiledAs.build());
}
