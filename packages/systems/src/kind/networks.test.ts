import { countMacs } from "@kindling/nets";
import { expect, test } from "vitest";
import { describeNetworkFacts } from "../../../../test/support/network-facts.ts";
import { kindNets, kindWholes } from "./networks.ts";

describeNetworkFacts([...Object.values(kindNets), ...Object.values(kindWholes.encoded)], {
  "kind/decomposition": { parameters: 235_876, gigaMacs: 18.6, tiling: [13, 4] },
  "kind/restoration": { parameters: 7_760_739, gigaMacs: 56.9, tiling: [108, 16] },
  "kind/adjustment": { parameters: 19_393, gigaMacs: 5.9, tiling: [4, 1] },
  "kind/blind": { parameters: 8_016_008, gigaMacs: 81.4, tiling: "whole picture" },
  "kind/analysis": { tiling: [121, 16] },
  "kind/relight": { tiling: [4, 1] },
});

test("KinD takes 17.4 GMAC at 256 x 256", () => {
  const macs = countMacs(kindWholes.encoded.blind.build(), { batch: 1, height: 256, width: 256 });
  expect((macs / 1e9).toFixed(1)).toBe("17.4");
});
