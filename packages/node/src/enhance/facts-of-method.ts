import { factsOfMethod as factsAmong, type MethodFacts } from "@kindling/core";
import { networkMethods } from "@kindling/systems/inference";

/**
 * The classical method or the network of that name; `kind.night` is the network kind with the weights night.
 *
 * @throws {KindlingError} `invalid-option` where there is none, listing those there are.
 * @example
 * // runs
 * const { strengths, hasOwnLight } = factsOfMethod("kind");
 * strengths; // ["denoise", "keepHighlights"]
 * hasOwnLight; // true
 */
export function factsOfMethod(name: string): MethodFacts {
  return factsAmong(name, networkMethods);
}
