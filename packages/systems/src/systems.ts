import { KindlingError } from "@kindling/core";
import type { System } from "@kindling/lab";
import type { Network } from "@kindling/nets";
import { networkMethods } from "./inference.ts";

/** Every system whole: from the folders of the systems in `methods.ts`. */
export const systems: readonly System[] = await Promise.all(
  networkMethods.map(async ({ name }): Promise<System> => (await import(`./${name}/system.ts`)).system),
);

/** Every network of every system that can be built, with the parts that run or are trained by themselves. */
export const networks: readonly Network[] = systems.flatMap((system) => system.networks);

/**
 * The system of a name.
 *
 * @throws {KindlingError} `invalid-option`, listing the names there are.
 */
export function findSystem(name: string): System {
  return find(systems, name, "system");
}

/**
 * The network of a name, such as `kind/decomposition`.
 *
 * @throws {KindlingError} `invalid-option`, listing the names there are.
 */
export function findNetwork(name: string): Network {
  return find(networks, name, "network");
}

function find<Named extends { readonly name: string }>(all: readonly Named[], name: string, kind: string): Named {
  const found = all.find((candidate) => candidate.name === name);
  if (found) return found;
  const names = all.map((candidate) => candidate.name).join(", ");
  throw new KindlingError("invalid-option", `${kind}: there is no ${name}; choose one of ${names}.`);
}
