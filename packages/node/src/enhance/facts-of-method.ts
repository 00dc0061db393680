import { factsOfMethod as factsAmong, type MethodFacts } from "@kindling/core";
import { networkMethods } from "@kindling/systems/inference";

/**
 * Finds a classical method or a network by name; `kind.night` is the network kind with the weights night.
 *
 * @throws {KindlingError} `invalid-option` for an unknown name; the message lists the known ones.
 * @example
 * // runs
 * const { strengths, hasOwnLight } = factsOfMethod("kind");
 * strengths; // ["denoise", "keepHighlights"]
 * hasOwnLight; // true
 */
export function factsOfMethod(name: string): MethodFacts {
  return factsAmong(name, networkMethods);
}
