import { defineNetwork } from "@kindling/nets";
import { hdrnetOverviewPx } from "./facts.ts";
import { hdrnet, hdrnetCoefficients, hdrnetGuide } from "./hdrnet.ts";
import { paper } from "./paper.ts";

/** HDRNet whole, and its two learnt parts; what lies between them is a formula. */
export const hdrnetNetworks = {
  whole: defineNetwork("hdrnet", "HDRNet from picture to picture.", paper, { image: 3 }, (scope, { image }) => ({
    enhanced: hdrnet(scope, image),
  })),
  coefficients: defineNetwork(
    "hdrnet/coefficients",
    "Finds a bilateral grid of colour maps in a reduced copy of the picture.",
    paper,
    { overview: [3, hdrnetOverviewPx, hdrnetOverviewPx] },
    (scope, { overview }) => ({ grid: hdrnetCoefficients(scope.at("coefficients"), overview) }),
  ),
  guide: defineNetwork(
    "hdrnet/guide",
    "The grey picture that decides between the bins of the grid.",
    paper,
    { image: 3 },
    (scope, { image }) => ({ guide: hdrnetGuide(scope.at("guide"), image) }),
  ),
};
