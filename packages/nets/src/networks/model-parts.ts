import { KindlingError, type Tiling } from "@kindling/core";
import { tilingOf } from "../graph/tiling.ts";
import { findNetwork } from "./registry.ts";

/** One file of a trained network: the network in the registry that it is the graph of. */
export interface ModelPartGraph {
  readonly network: string;
  /** The network whose tiling it has, where its own graph brings pictures to a grid that the pipeline brings them to. */
  readonly tiledAs?: string;
}

/** The parts that a trained network consists of where photos are enhanced with it. */
export const modelParts: Readonly<Record<string, Readonly<Record<string, ModelPartGraph>>>> = {
  kind: { analysis: { network: "kind/analysis" }, relight: { network: "kind/relight" } },
  gladnet: { global: { network: "gladnet/global" }, detail: { network: "gladnet/detail" } },
  ember: {
    overview: { network: "ember/overview" },
    analysis: { network: "ember/analysis" },
  },
  "msr-net": { whole: { network: "msr-net" } },
  enlightengan: { whole: { network: "enlightengan", tiledAs: "enlightengan/generator" } },
  "retinex-net": { whole: { network: "retinex-net" } },
};

/** The same parts where the weights were trained for another tone or size, by the name that the registry gives these. */
export const modelVariants: Readonly<Record<string, Readonly<Record<string, ModelPartGraph>>>> = {
  "kind+root": { analysis: { network: "kind+root/analysis" }, relight: { network: "kind+root/relight" } },
};

/**
 * How a part of a trained network is run in tiles; undefined where it must see the whole picture.
 *
 * @throws {KindlingError} `invalid-option` for a network or part that is none.
 */
export function tilingOfPart(network: string, part: string): Tiling | undefined {
  const graph = modelParts[network]?.[part];
  if (!graph) throw new KindlingError("invalid-option", `There is no part ${part} of a network ${network}.`);
  return tilingOf(findNetwork(graph.tiledAs ?? graph.network).build());
}
