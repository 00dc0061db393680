import type { NetworkMethod } from "@kindling/core";
import { pictureNetwork } from "@kindling/core/internal";
import { paper } from "./paper.ts";

/** CycleGAN: one network from picture to picture, which sees the whole photo at once. */
export const cycleGan: NetworkMethod = {
  ...pictureNetwork("cyclegan", 1600),
  paper,
  withoutWeights:
    "To compare with: it learns from dark and bright photos of different scenes, as EnlightenGAN does, by way there and back.",
};
