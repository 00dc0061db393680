import { KindlingError } from "@kindling/core";
import { matchParameters, type Network, type ParameterMapping, type StoredTensor, type Weights } from "@kindling/nets";
import { findForm } from "./models/choose-form.ts";
import type { System } from "./system.ts";
import { settleWeights } from "./training/stage-tensors.ts";

/** A network found in a checkpoint, with its weights. */
export interface ImportedNetwork {
  readonly network: Network;
  readonly weights: Weights;
}

/** What is known of a checkpoint beside its tensors. */
export interface CheckpointOrigin {
  /** Names the checkpoint in errors. */
  readonly file: string;
  /** The network (`kind+root/analysis`) or model form (`kind+root`) that its weights belong to, where it says so. */
  readonly belongsTo?: string | undefined;
}

/** Networks that a checkpoint may hold, and the names of their tensors in it. */
interface Source {
  /** What people type. */
  readonly names: readonly string[];
  /** The name of the whole network; its parts' names begin with it and a slash. */
  readonly family: string;
  readonly networks: readonly Network[];
  /** Left out for the names that Kindling itself gives. */
  readonly mapping?: ParameterMapping;
}

/**
 * Lists the names by which checkpoints can be imported: of systems, their variants, and relatives that share a part of one.
 *
 * @example
 * const names = importableNames([system]);
 */
export function importableNames(systems: readonly System[]): string[] {
  const named = systems.flatMap(({ name, models, foreignNames }) => [
    name,
    ...models.map((form) => form.name),
    ...foreignNames.flatMap(({ system }) => system ?? []),
  ]);
  return [...new Set(named)];
}

/**
 * Finds the network of a system that a checkpoint holds: of those whose every parameter is there the one that the
 * checkpoint says it belongs to, else the largest.
 *
 * Of Kindling's own checkpoints the optimiser's tensors are ignored, and averages over the steps are used where there
 * are any.
 *
 * @param name a system (`kind`), or one network of it (`kind/decomposition`) where a checkpoint holds several.
 * @param tensors of one checkpoint, or of several that make one network together.
 * @throws {KindlingError} `invalid-option` for a name that is neither; `invalid-model` where no network of the system
 *   is there whole, listing what is missing, unexpected and of the wrong shape for the one that comes nearest.
 * @example
 * import { encodeOnnx } from "@kindling/nets";
 * const { network, weights } = importNetwork([system], "kind", tensors, { file: "decom.ckpt" });
 * const file = encodeOnnx(network.build(), weights);
 */
export function importNetwork(
  systems: readonly System[],
  name: string,
  tensors: ReadonlyMap<string, StoredTensor>,
  { file, belongsTo }: CheckpointOrigin,
): ImportedNetwork {
  const [typed = ""] = name.split("/");
  const part = name.slice(typed.length);
  const settled = settleWeights(new Map(), tensors);
  const candidates = systems.flatMap((system) =>
    sourcesOf(system, belongsTo)
      .filter(({ names }) => names.includes(typed))
      .flatMap(({ networks, family, mapping }) => {
        const known = mapping
          ? { mapping, tensors }
          : { mapping: ownNames([...system.networks, ...networks]), tensors: settled };
        return networks
          .filter((network) => part === "" || network.name === family + part)
          .map((network) => ({ ...compare(network, known), nearness: nearness(network, family, belongsTo) }));
      }),
  );
  // Whole networks before parts of one; then the one that more of the checkpoint belongs to.
  const [best] = candidates.sort(
    (a, b) =>
      Number(b.whole) - Number(a.whole) || b.nearness - a.nearness || b.found - a.found || b.fitting - a.fitting,
  );
  if (!best) {
    throw new KindlingError(
      "invalid-option",
      `network: there is nothing called ${name} to import; choose one of ${importableNames(systems).join(", ")}, or a part such as kind/decomposition.`,
    );
  }
  return { network: best.network, weights: matchParameters(best.wanted, best.tensors, best.mapping, file) };
}

/** All that can be imported as a system: its foreign names first, then its own. */
function sourcesOf(system: System, belongsTo: string | undefined): Source[] {
  const { name, networks, foreignNames } = system;
  const families = [...new Set(networks.map((network) => network.name.split("/")[0]!))];
  const networksOf = (family: string) =>
    networks.filter((network) => network.name === family || network.name.startsWith(`${family}/`));
  const foreign = foreignNames.map(({ system, networks: family, mapping }) => ({
    names: system === undefined ? [name, family] : [system],
    family,
    networks: networksOf(family),
    mapping,
  }));
  const own = families.map((family) => ({ names: [name, family], family, networks: networksOf(family) }));
  const variant = belongsTo === undefined ? undefined : findForm(system, belongsTo);
  if (!variant || families.includes(variant.name)) return [...foreign, ...own];
  // Its graphs follow from the settings in its name.
  const parts = Object.values(variant.parts).map(({ network }) => network);
  return [...foreign, ...own, { names: [name, variant.name], family: variant.name, networks: parts }];
}

/** Names as Kindling itself gives them; a checkpoint may hold other networks of the same system too. */
function ownNames(networks: readonly Network[]): ParameterMapping {
  const paths = networks.flatMap((network) => network.build().parameters.map(({ path }) => path));
  return { sources: new Map(paths.map((path) => [path, { name: path }])) };
}

/** How near a network is to what a checkpoint says of itself: 2 if it is meant, 1 if its family is, else 0. */
function nearness({ name }: Network, family: string, belongsTo: string | undefined): number {
  if (belongsTo === undefined || belongsTo.split("/")[0] !== family) return 0;
  return name === belongsTo ? 2 : 1;
}

/** How much of a network a checkpoint holds under the names of a mapping. */
function compare(
  network: Network,
  known: { readonly mapping: ParameterMapping; readonly tensors: ReadonlyMap<string, StoredTensor> },
) {
  const wanted = new Map(network.build().parameters.map(({ path, shape }) => [path, shape]));
  const stored = [...wanted].map(([path, shape]) => ({
    shape,
    tensor: known.tensors.get(known.mapping.sources.get(path)?.name ?? path),
  }));
  const found = stored.filter(({ tensor }) => tensor).length;
  const fitting = stored.filter(({ tensor, shape }) => `${tensor?.shape}` === `${shape}`).length;
  return { ...known, network, wanted, found, fitting, whole: found > 0 && found === wanted.size };
}
