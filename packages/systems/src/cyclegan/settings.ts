import type { RecipeSettings } from "@kindling/lab";

/** The settings of CycleGAN's losses; the defaults are the authors'. */
export const cycleGanSettings = {
  cycle: { default: 10, min: 0, max: 1000, about: "weight of the way there and back: how far it ends from its start" },
  identity: { default: 5, min: 0, max: 1000, about: "weight of what a generator changes in a picture of its own kind" },
} as const;

/** Values of CycleGAN's settings. */
export type CycleGanOptions = RecipeSettings<typeof cycleGanSettings>;
