import { asksForFastest } from "@kindling/core/internal";
import { inNativeCode } from "../runtime/native-code.ts";
import type { ChooseWeightsOptions } from "./weights-chooser.ts";

/**
 * Names the weights that a method runs with: `ember.fastest` becomes `ember.int8` where a measurement on this machine found
 * integers quicker by a tenth, else the default weights, as it also does on a graphics card. All other names stay as they are.
 * The first call measures, which takes a second or two of processor time, and keeps what it found in the cache folder.
 *
 * @throws {KindlingError} `invalid-option` for an unknown method; `not-found` where the network has no weights.
 * @example
 * await chooseWeights("ember.fastest", { device: "cpu" }); // "ember.int8"
 */
export async function chooseWeights(method: string, options: ChooseWeightsOptions = {}): Promise<string> {
  if (!asksForFastest(method)) return method;
  // Loaded when asked for: most commands name their weights.
  const { chooseWeightsHere } = await inNativeCode(() => import("./weights-chooser.ts"));
  return chooseWeightsHere(method, options);
}
