import { constantRate, cosineRate, oneCycleRate, type Schedule, addWarmUp } from "@kindling/nets";
import type { TrainingStage } from "./recipe.ts";

/** How the learning rate goes: as the stage's recipe has it, or by a rule for any. */
export type ScheduleName = "own" | "constant" | "cosine" | "one-cycle";

/** Share of the steps in which a one-cycle rate rises, where none is given. */
const usualRise = 0.3;

/**
 * The learning rates of a stage.
 *
 * @param warmUp share of the steps, 0 to 1, in which the rate rises; 0 for none, save that a one-cycle rate then rises
 * for 0.3 of them.
 */
export function chooseSchedule(
  { schedule: own }: Pick<TrainingStage, "schedule">,
  name: ScheduleName,
  { rate, steps, warmUp }: { readonly rate: number; readonly steps: number; readonly warmUp: number },
): Schedule {
  if (name === "one-cycle") return oneCycleRate(rate, steps, warmUp || usualRise);
  const chosen = { own, constant: constantRate, cosine: cosineRate }[name](rate, steps);
  return warmUp > 0 ? addWarmUp(chosen, steps * warmUp) : chosen;
}
