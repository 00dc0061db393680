import { readdirSync, readFileSync } from "node:fs";
import { matchParameters, type Network, openCheckpoint, type ParameterMapping, type Weights } from "@kindling/nets";
import { sharedPath } from "./shared.ts";

/** The weights of a network from the checkpoint in a folder of `../shared/weights`. */
export function sharedWeights(network: Network, folder: string, mapping: ParameterMapping): Weights {
  const path = sharedPath("weights", ...folder.split("/"));
  const files = readdirSync(path).map((name) => ({ name, bytes: readFileSync(`${path}/${name}`) }));
  const wanted = new Map(network.build().parameters.map((parameter) => [parameter.path, parameter.shape]));
  return matchParameters(wanted, openCheckpoint(files), mapping, folder);
}
