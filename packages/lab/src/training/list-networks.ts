import type { MethodSettings } from "@kindling/core";
import { findNetwork, type Network } from "@kindling/nets";
import type { TrainingStage } from "./recipe.ts";

/** Lists the networks that the end of a stage completes, under the recipe's loss settings. */
export function listNetworks(stage: TrainingStage, loss: MethodSettings): readonly Network[] {
  return stage.networks(loss).map(findNetwork);
}
