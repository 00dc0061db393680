import { defineNetwork } from "@kindling/nets";
import { cycleGan, cycleGanDiscriminator } from "./cyclegan.ts";
import { paper } from "./paper.ts";

/** Side in pixels of the patches that a discriminator scores. */
const patchPx = 70;

/** The generators of CycleGAN: they make pictures. */
export const cycleGanGenerators = {
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

function discriminator(name: string, of: string) {
  return defineNetwork(
    `cyclegan/${name}`,
    `Scores whether patches of ${patchPx}x${patchPx} are of ${of} pictures.`,
    paper,
    { patch: [3, patchPx, patchPx] },
    (scope, { patch }) => ({ scores: cycleGanDiscriminator(scope.at(name), patch) }),
  );
}

/** All networks of CycleGAN. */
export const cycleGanNetworks = {
  ...cycleGanGenerators,
  brightDiscriminator: discriminator("bright-discriminator", "bright"),
  darkDiscriminator: discriminator("dark-discriminator", "dark"),
};
