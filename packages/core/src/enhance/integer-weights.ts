import { withoutFollower } from "./method-facts.ts";
import type { ModelManifest } from "./model-store.ts";

/** The tag of weights in 8-bit integers. */
export const integerTag = "int8";

/** Stands in the place of a tag for the weights that are quickest where they run: `ember.fastest`. */
const fastestTag = "fastest";

/** Whether a name asks for the quickest weights, as `ember.fastest` and `ember.fastest+bm3d` do. */
export function asksForFastest(method: string): boolean {
  return withoutFollower(method).endsWith(`.${fastestTag}`);
}

/** Whether two models come of the same training: they have the same photographs, parameters and parts. */
export function areSameWeights(one: ModelManifest, other: ModelManifest): boolean {
  const trainingOf = ({ network, trainedOn, parameters, borderPx, parts }: ModelManifest) =>
    JSON.stringify([network, trainedOn, parameters, borderPx, Object.keys(parts)]);
  return one.tag !== other.tag && trainingOf(one) === trainingOf(other);
}
