import type { RecipeSettings } from "@kindling/lab";
import { paperStructure } from "./enlightengan.ts";

/** The settings of a training that decide the generator's graph. */
export const structureSettings = {
  attention: {
    default: paperStructure.attention,
    choices: ["on", "off"],
    about: "off: the paper's ablation, a generator that is not told which places are dark",
  },
  statistics: {
    default: paperStructure.statistics,
    choices: ["running", "picture"],
    about: "in use, layers are normalised by running statistics of the training (paper), or by those of each picture",
  },
} as const;

const weight = (about: string, min = 0) => ({ default: 1, min, max: 1000, about });

/** The settings of EnlightenGAN's training; the defaults are the paper's. */
export const enlightenGanSettings = {
  global: weight("weight of the global discriminator in the generator's loss", 0.001),
  local: weight("weight of the local discriminator; 0: the paper's ablation with the global one alone"),
  features: weight("with --perceptual: weight of what whole pictures show; both at 0: the ablation without this loss"),
  patchFeatures: weight("with --perceptual: weight of what patches show"),
  featuresAt: {
    default: "own",
    choices: ["own", "equal"],
    about: "what pictures show is compared at their own brightness (paper), or after bringing all to an equal one",
  },
  ...structureSettings,
} as const;

/** Values of these settings. */
export type EnlightenGanOptions = RecipeSettings<typeof enlightenGanSettings>;
