import { describeNetworkFacts } from "../../../../test/support/network-facts.ts";
import { emberNetworks } from "./networks.ts";

describeNetworkFacts(Object.values(emberNetworks), {
  ember: { parameters: 1_134_358, gigaMacs: 5.0, tiling: "whole picture" },
  "ember/analysis": { tiling: [191, 16] },
  "ember/encoder": { gigaMacs: 0.9, tiling: [15, 8] },
  "ember/context": { tiling: [159, 16] },
  "ember/decoder": { tiling: [27, 8] },
  "ember/relight": { parameters: 0, tiling: [0, 1] },
});
