import { KindlingError } from "@kindling/core";
import { matchParameters, type Network, type ParameterMapping, type StoredTensor, type Weights } from "@kindling/nets";
import type { System } from "./system.ts";

/** A network found in a checkpoint, with its weights. */
export interface ImportedNetwork {
  readonly network: Network;
  readonly weights: Weights;
}

/** Names as Kindling itself gives them: what its own checkpoints, safetensors and ONNX files hold. */
const ownNames: ParameterMapping = { sources: new Map() };

/** Networks that a checkpoint may hold, and how it names their tensors. */
interface Source {
  /** What people type. */
  readonly system: string;
  /** The name of the whole network; its parts' names begin with it and a slash. */
  readonly family: string;
  readonly networks: readonly Network[];
  readonly mapping: ParameterMapping;
}

/** The names by which checkpoints can be imported: of systems, and of relatives whose checkpoints hold a part of one. */
export function importableNames(systems: readonly System[]): string[] {
  return [...new Set(systems.flatMap(sourcesOf).map(({ system }) => system))];
}

/**
 * Finds the network of a system that a checkpoint holds: of those whose every parameter is there, the largest.
 *
 * @param name a system (`kind`), or one network of it (`kind/decomposition`) where a checkpoint holds several.
 * @param tensors of one checkpoint, or of several that make one network together.
 * @param file names the checkpoint in errors.
 * @throws {KindlingError} `invalid-option` for a name that is neither; `invalid-model` where no network of the system
 *   is there whole, listing what is missing, unexpected and of the wrong shape for the one that comes nearest.
 */
export function importNetwork(
  systems: readonly System[],
  name: string,
  tensors: ReadonlyMap<string, StoredTensor>,
  file: string,
): ImportedNetwork {
  const [system = ""] = name.split("/");
  const part = name.slice(system.length);
  const candidates = systems
    .flatMap(sourcesOf)
    .filter((source) => source.system === system)
    .flatMap(({ networks, family, mapping }) =>
      networks
        .filter((network) => part === "" || network.name === family + part)
        .map((network) => compare(network, mapping, tensors)),
    );
  // Whole networks before parts of one; then the one that more of the checkpoint belongs to.
  const [best] = candidates.sort((a, b) => Number(b.whole) - Number(a.whole) || b.found - a.found);
  if (!best) {
    throw new KindlingError(
      "invalid-option",
      `network: there is nothing called ${name} to import; choose one of ${importableNames(systems).join(", ")}, or a part such as kind/decomposition.`,
    );
  }
  return { network: best.network, weights: matchParameters(best.wanted, tensors, best.mapping, file) };
}

/** All that can be imported as a system: its foreign names first, then its own. */
function sourcesOf({ name, networks, foreignNames }: System): Source[] {
  const families = [...new Set(networks.map((network) => network.name.split("/")[0]!))];
  const own = families.map((family) => ({ networks: family, mapping: ownNames }));
  return [...foreignNames, ...own].map(({ networks: family, mapping, ...named }) => ({
    system: ("system" in named ? named.system : undefined) ?? name,
    family,
    networks: networks.filter((network) => network.name === family || network.name.startsWith(`${family}/`)),
    mapping,
  }));
}

/** How much of a network a checkpoint holds under the names of a mapping. */
function compare(network: Network, mapping: ParameterMapping, tensors: ReadonlyMap<string, StoredTensor>) {
  const wanted = new Map(network.build().parameters.map(({ path, shape }) => [path, shape]));
  const found = [...wanted.keys()].filter((path) => tensors.has(mapping.sources.get(path)?.name ?? path)).length;
  return { network, mapping, wanted, found, whole: found > 0 && found === wanted.size };
}
