import { describeNetworkFacts } from "../../../../test/support/network-facts.ts";
import { hdrnetNetworks } from "./networks.ts";

describeNetworkFacts(Object.values(hdrnetNetworks), {
  hdrnet: { parameters: 482_080, tiling: "whole picture" },
  "hdrnet/coefficients": { parameters: 481_968, gigaMacs: 0.041394176 },
  "hdrnet/guide": { parameters: 112, tiling: [0, 1] },
});
