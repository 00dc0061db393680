import { addWarmUp, constantRate, cosineRate, oneCycleRate, type Schedule } from "@kindling/nets";
import type { TrainingStage } from "./recipe.ts";

/** The course of the learning rate: `own` is that of the stage's recipe. */
export type ScheduleName = "own" | "constant" | "cosine" | "one-cycle";

/** Default share of the steps in which a one-cycle rate rises. */
const oneCycleRise = 0.3;

/**
 * Chooses the learning rates of a stage.
 *
 * @param warmUp share of the steps, 0 to 1, in which the rate rises; 0 for none, but 0.3 in a one-cycle schedule.
 */
export function chooseSchedule(
  { schedule: own }: Pick<TrainingStage, "schedule">,
  name: ScheduleName,
  { rate, steps, warmUp }: { readonly rate: number; readonly steps: number; readonly warmUp: number },
): Schedule {
  if (name === "one-cycle") return oneCycleRate(rate, steps, warmUp || oneCycleRise);
  const chosen = { own, constant: constantRate, cosine: cosineRate }[name](rate, steps);
  return warmUp > 0 ? addWarmUp(chosen, steps * warmUp) : chosen;
}
