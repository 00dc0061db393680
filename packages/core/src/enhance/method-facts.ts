import type { ClassicalMethod } from "../classical/method.ts";
import { methods } from "../classical/registry.ts";
import { KindlingError } from "../errors.ts";
import type { MethodOption } from "../settings/method-settings.ts";
import { nearestNames } from "../settings/nearest-names.ts";
import type { NetworkMethod } from "./network-method.ts";
import { type AllStrengths, defaultStrengths, type StrengthName } from "./strengths.ts";

/** What a method can do and how it is set, known before anything is loaded. */
export interface MethodFacts {
  /** The name it was requested by: `lime`, `kind`, `kind.night`. */
  readonly name: string;
  /** Settings it has, by name. */
  readonly options: Readonly<Record<string, MethodOption>>;
  readonly strengths: readonly StrengthName[];
  /** The value of every strength that is not given. */
  readonly defaultStrengths: AllStrengths;
  /** Whether it splits a photo into reflectance and illumination. */
  readonly hasMaps: boolean;
  /** Whether it lights a photo at any level itself; the others reach a level from their one result. */
  readonly hasOwnLight: boolean;
  readonly made: MethodSource;
  /** The method that removes the noise of its results, if one does: `lime+bm3d`. Its settings are named `bm3d.sigma`. */
  readonly after?: ClassicalMethod;
}

/** Where a method comes from: a formula, or an architecture with the tag of its weights if one was given. */
export type MethodSource =
  | { readonly by: "formula"; readonly method: ClassicalMethod }
  | { readonly by: "network"; readonly method: NetworkMethod; readonly tag: string | undefined };

/** Stands between a method and the one that runs after it. */
const thenSign = "+";

/**
 * The name of a method followed by one that removes the noise of its results; `factsOfMethod` and `openEnhancer` take it.
 *
 * @example
 * // runs
 * followedBy("lime", "bm3d"); // lime+bm3d
 */
export function followedBy(method: string, then: string): string {
  return `${method}${thenSign}${then}`;
}

/** The name of a method without what follows it: of `lime+bm3d` it is lime. */
export function withoutFollower(name: string): string {
  const sign = name.lastIndexOf(thenSign);
  return sign > 0 ? name.slice(0, sign) : name;
}

/**
 * Finds a classical method or a network by name; `kind.night` is the network kind with the weights night, `lime+bm3d` is
 * lime, with the noise of its results removed by bm3d.
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
  const first = withoutFollower(name);
  if (first !== name) return factsOfBoth(factsOfMethod(first, networks), name.slice(first.length + thenSign.length));
  const classical = methods.find((method) => method.name === name);
  if (classical) {
    const { options, removesNoise } = classical;
    const made = { by: "formula", method: classical } as const;
    const strengths: readonly StrengthName[] = removesNoise ? ["denoise"] : [];
    return { name, options, strengths, defaultStrengths, hasMaps: false, hasOwnLight: false, made };
  }
  const dot = name.indexOf(".");
  const network = dot < 0 ? name : name.slice(0, dot);
  const method = networks.find((candidate) => candidate.name === network);
  if (method) {
    const { options = {}, strengths, hasMaps, hasOwnLight } = method;
    const tag = dot < 0 ? undefined : name.slice(dot + 1);
    const own = { ...defaultStrengths, ...method.defaultStrengths };
    const made = { by: "network", method, tag } as const;
    return { name, options, strengths, defaultStrengths: own, hasMaps, hasOwnLight, made };
  }
  const names = (all: readonly { readonly name: string }[]) => all.map((candidate) => candidate.name).join(", ");
  const near = nearestNames(
    network,
    [...networks, ...methods].map((candidate) => candidate.name),
  ).join(" or ");
  const known =
    networks.length > 0
      ? `there are the networks ${names(networks)} and the classical ${names(methods)}`
      : `there are the classical ${names(methods)}. A network needs a runtime and models: open it with @kindling/node or @kindling/browser`;
  throw new KindlingError(
    "invalid-option",
    `There is no method "${name}"${near && ` (did you mean ${near}?)`}; ${known}.`,
  );
}

/** What a method can do whose results have their noise removed. */
function factsOfBoth(facts: MethodFacts, afterName: string): MethodFacts {
  const removers = methods.filter(({ removesNoise }) => removesNoise);
  const after = removers.find((method) => method.name === afterName);
  const name = followedBy(facts.name, afterName);
  if (!after || facts.after) {
    const known = removers.map((method) => method.name).join(", ");
    const given = facts.after ? "a second one" : afterName;
    const { made } = facts;
    const remedy =
      made.by === "network" && made.tag === undefined && !methods.some((method) => method.name === afterName)
        ? ` Variants of ${made.method.name} are graphs to train, import and ship; weights have a tag: ${made.method.name}.<tag>.`
        : "";
    throw new KindlingError(
      "invalid-option",
      `${name}: after a method one that removes noise can follow (${known}); got ${given}.${remedy}`,
    );
  }
  const settings = Object.entries(after.options).map(
    ([setting, option]) => [`${afterName}.${setting}`, option] as const,
  );
  const strengths = facts.strengths.includes("denoise") ? facts.strengths : (["denoise", ...facts.strengths] as const);
  // Who removes noise afterwards wants it gone.
  const own = { ...facts.defaultStrengths, denoise: defaultStrengths.denoise };
  const options = { ...facts.options, ...Object.fromEntries(settings) };
  return { ...facts, name, after, strengths, defaultStrengths: own, options };
}
