import type { ClassicalMethod } from "../classical/method.ts";
import { methods } from "../classical/registry.ts";
import { KindlingError } from "../errors.ts";
import type { MethodOption } from "../settings/method-settings.ts";
import type { NetworkMethod } from "./network-method.ts";
import type { StrengthName } from "./strengths.ts";

/** What a method can do and how it is set, known before anything is loaded. */
export interface MethodFacts {
  /** The name it was requested by: `lime`, `kind`, `kind.night`. */
  readonly name: string;
  /** Settings it has, by name. */
  readonly options: Readonly<Record<string, MethodOption>>;
  readonly strengths: readonly StrengthName[];
  /** Whether it splits a photo into reflectance and illumination. */
  readonly hasMaps: boolean;
  /** Whether it lights a photo at any level itself; the others reach a level from their one result. */
  readonly hasOwnLight: boolean;
  readonly made: MethodSource;
}

/** Where a method comes from: a formula, or an architecture with the tag of its weights if one was given. */
export type MethodSource =
  | { readonly by: "formula"; readonly method: ClassicalMethod }
  | { readonly by: "network"; readonly method: NetworkMethod; readonly tag: string | undefined };

/**
 * Finds a classical method or a network by name; `kind.night` is the network kind with the weights night.
 *
 * @param networks the network architectures that can be used.
 * @throws {KindlingError} `invalid-option` for an unknown name; the message lists the known ones.
 * @example
 * // runs
 * const { options, hasMaps } = factsOfMethod("lime", []);
 * options["gamma"]?.default; // 0.7
 * hasMaps; // false
 */
export function factsOfMethod(name: string, networks: readonly NetworkMethod[]): MethodFacts {
  const classical = methods.find((method) => method.name === name);
  if (classical) {
    const { options } = classical;
    const made = { by: "formula", method: classical } as const;
    return { name, options, strengths: [], hasMaps: false, hasOwnLight: false, made };
  }
  const dot = name.indexOf(".");
  const network = dot < 0 ? name : name.slice(0, dot);
  const method = networks.find((candidate) => candidate.name === network);
  if (method) {
    const { options = {}, strengths, hasMaps, hasOwnLight } = method;
    const tag = dot < 0 ? undefined : name.slice(dot + 1);
    return { name, options, strengths, hasMaps, hasOwnLight, made: { by: "network", method, tag } };
  }
  const names = (all: readonly { readonly name: string }[]) => all.map((candidate) => candidate.name).join(", ");
  const known =
    networks.length > 0
      ? `there are the networks ${names(networks)} and the classical ${names(methods)}`
      : `there are the classical ${names(methods)}. A network needs a runtime and models: open it with @kindling/node or @kindling/browser`;
  throw new KindlingError("invalid-option", `There is no method "${name}"; ${known}.`);
}
