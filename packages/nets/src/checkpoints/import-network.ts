import { KindlingError } from "@kindling/core";
import type { Weights } from "../graph/weights.ts";
import type { Network } from "../networks/network.ts";
import { networks } from "../networks/registry.ts";
import { kindPlusTensorflow, kindTensorflow } from "./mappings/kind-tensorflow.ts";
import { retinexNetPytorch } from "./mappings/retinex-net-pytorch.ts";
import { retinexNetTensorflow } from "./mappings/retinex-net-tensorflow.ts";
import { matchParameters, type ParameterMapping } from "./match-parameters.ts";
import type { StoredTensor } from "./stored-tensor.ts";

/** A network found in a checkpoint, with its weights. */
export interface ImportedNetwork {
  readonly network: Network;
  readonly weights: Weights;
}

/** Names as Kindling itself gives them: what its own safetensors and ONNX files hold. */
const ownNames: ParameterMapping = { sources: new Map() };

/** Networks whose names begin with `networks`, and a way in which a checkpoint may name their tensors. */
interface Source {
  readonly networks: string;
  readonly mapping: ParameterMapping;
}

/** The systems whose checkpoints can be imported, and how their authors and ports name what is in them. */
const systems: Readonly<Record<string, readonly Source[]>> = {
  kind: [
    { networks: "kind", mapping: kindTensorflow },
    { networks: "kind", mapping: ownNames },
  ],
  // KinD++ shares KinD's decomposition and adjustment.
  "kind-plus": [{ networks: "kind", mapping: kindPlusTensorflow }],
  "retinex-net": [
    { networks: "retinex-net", mapping: retinexNetTensorflow },
    { networks: "retinex-net", mapping: ownNames },
    { networks: "retinex-net-port", mapping: retinexNetPytorch },
    { networks: "retinex-net-port", mapping: ownNames },
  ],
  gladnet: [{ networks: "gladnet", mapping: ownNames }],
  "msr-net": [{ networks: "msr-net", mapping: ownNames }],
  enlightengan: [{ networks: "enlightengan", mapping: ownNames }],
};

/** The systems that `importNetwork` knows. */
export const importableSystems: readonly string[] = Object.keys(systems);

/**
 * Finds the network of a system that a checkpoint holds: of those whose every parameter is there, the largest.
 *
 * @param name a system (`kind`), or one network of it (`kind/decomposition`) where a checkpoint holds several.
 * @param tensors of one checkpoint, or of several that make one network together.
 * @param file names the checkpoint in errors.
 * @throws {KindlingError} `invalid-option` for a name that is neither; `invalid-model` where no network of the system
 *   is there whole, listing what is missing, unexpected and of the wrong shape for the one that comes nearest.
 */
export function importNetwork(name: string, tensors: ReadonlyMap<string, StoredTensor>, file: string): ImportedNetwork {
  const [system = ""] = name.split("/");
  const part = name.slice(system.length);
  const sources = Object.hasOwn(systems, system) ? (systems[system] ?? []) : [];
  const candidates = sources.flatMap((source) =>
    networks
      .filter((network) => belongs(network.name, source.networks, part))
      .map((network) => comparison(network, source.mapping, tensors)),
  );
  // Whole networks before parts of one; then the one that more of the checkpoint belongs to.
  const [best] = candidates.sort((a, b) => Number(b.whole) - Number(a.whole) || b.found - a.found);
  if (!best) {
    throw new KindlingError(
      "invalid-option",
      `network: there is nothing called ${name} to import; choose one of ${importableSystems.join(", ")}, or a part such as kind/decomposition.`,
    );
  }
  return { network: best.network, weights: matchParameters(best.wanted, tensors, best.mapping, file) };
}

function belongs(network: string, prefix: string, part: string): boolean {
  return part === "" ? network === prefix || network.startsWith(`${prefix}/`) : network === prefix + part;
}

/** How much of a network a checkpoint holds under the names of a mapping. */
function comparison(network: Network, mapping: ParameterMapping, tensors: ReadonlyMap<string, StoredTensor>) {
  const wanted = new Map(network.build().parameters.map(({ path, shape }) => [path, shape]));
  const found = [...wanted.keys()].filter((path) => tensors.has(mapping.sources.get(path)?.name ?? path)).length;
  return { network, mapping, wanted, found, whole: found === wanted.size };
}
