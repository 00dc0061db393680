import { defineNetwork } from "@kindling/nets";
import { cycleGan } from "./cyclegan.ts";
import { paper } from "./paper.ts";

/** The generators of CycleGAN. */
export const cycleGanNetworks = {
  whole: defineNetwork(
    "cyclegan",
    "CycleGAN from a dark picture to a bright one.",
    paper,
    { image: 3 },
    (scope, { image }) => ({ enhanced: cycleGan(scope.at("brighten"), image) }),
  ),
  darken: defineNetwork(
    "cyclegan/darken",
    "CycleGAN's way back: from a bright picture to a dark one.",
    paper,
    { image: 3 },
    (scope, { image }) => ({ darkened: cycleGan(scope.at("darken"), image) }),
  ),
};
