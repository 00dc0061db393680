import { KindlingError } from "@kindling/core";
import type { System } from "@kindling/lab";
import type { Network } from "@kindling/nets";
import { networkMethods } from "./inference.ts";

/** Every system whole: from the folders of the systems in `methods.ts`. */
export const systems: readonly System[] = await Promise.all(
  networkMethods.map(async ({ name }): Promise<System> => (await import(`./${name}/system.ts`)).system),
);

/** Every network of every system, with the parts that run or train on their own. */
export const networks: readonly Network[] = systems.flatMap((system) => system.networks);

/**
 * Finds a system by its name, such as `kind`.
 *
 * @example
 * // runs
 * const { recipe } = findSystem("kind");
 * recipe.stages.length; // 4
 *
 * @throws {KindlingError} `invalid-option`, listing all names, where there is no such name.
 */
export function findSystem(name: string): System {
  return find(systems, name, "system");
}

/**
 * Finds a network by its name, such as `kind/decomposition`.
 *
 * @example
 * // runs
 * const { parameters } = findNetwork("kind/decomposition").build();
 * parameters.length; // 18
 *
 * @throws {KindlingError} `invalid-option`, listing all names, where there is no such name.
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
