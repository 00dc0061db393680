import { describeNetworkFacts } from "../../../../test/support/network-facts.ts";
import { gladnetNetworks } from "./networks.ts";

describeNetworkFacts(Object.values(gladnetNetworks), {
  "gladnet/global": { parameters: 408_000, gigaMacs: 0.485 },
  gladnet: { parameters: 931_523, gigaMacs: 161, tiling: "whole picture" },
  "gladnet/detail": { tiling: [5, 1] },
});
