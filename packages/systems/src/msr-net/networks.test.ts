import { describeNetworkFacts } from "../../../../test/support/network-facts.ts";
import { msrNetNetworks } from "./networks.ts";

describeNetworkFacts(Object.values(msrNetNetworks), {
  "msr-net": { parameters: 86_386, gigaMacs: 26.4, tiling: [11, 1] },
  msr: { tiling: "whole picture" },
});
