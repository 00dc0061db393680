import { defineNetwork } from "@kindling/nets";
import { msrNet } from "./msr-net.ts";
import { multiScaleRetinex } from "./multi-scale-retinex.ts";
import { paper } from "./paper.ts";

/** MSR-net, and the classical method that it imitates. */
export const msrNetNetworks = {
  whole: defineNetwork("msr-net", "MSR-net from picture to picture.", paper, { image: 3 }, (scope, { image }) => ({
    enhanced: msrNet(scope, image),
  })),
  classical: defineNetwork(
    "msr",
    "Classical multi-scale Retinex as a network without parameters.",
    paper,
    { image: 3 },
    (_, { image }) => ({ reflectance: multiScaleRetinex(image) }),
  ),
};
