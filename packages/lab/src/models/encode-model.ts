import type { Tiling } from "@kindling/core/internal";
import { encodeNetwork, type Graph, tilingOf, type Weights } from "@kindling/nets";
import type { ModelForm, ModelPart } from "../model-form.ts";

/** The file of a model's part. */
export interface ModelPartFile {
  /** The ONNX file. */
  readonly bytes: Uint8Array;
  /** How it runs in tiles; undefined where it must see the whole picture. */
  readonly tiling?: Tiling | undefined;
}

/** How a model is encoded. */
export interface EncodeModelOptions {
  readonly graphs?: Readonly<Record<string, Graph>>;
  readonly precision?: "float16" | "float32";
}

/**
 * Encodes a model: an ONNX file for each part.
 *
 * @param weights of all parts; others are ignored.
 * @param options.graphs replace the graphs of parts, such as by ones in 8 bits.
 * @param options.precision of stored weights; the computation is in float32. Default float16.
 * @throws {KindlingError} `invalid-model` naming every weight that is missing or of the wrong shape.
 * @example
 * const [form] = system.models;
 * for (const [part, { bytes, tiling }] of Object.entries(encodeModel(form, weights))) {
 *   console.log(`${part}: ${bytes.length} bytes, ${tiling ? `halo ${tiling.haloPx} px` : "whole picture"}`);
 * }
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

/** Finds how a part runs in tiles; undefined where it must see the whole picture. */
export function tilingOfPart({ network, tiledAs = network }: ModelPart): Tiling | undefined {
  return tilingOf(tiledAs.build());
}
