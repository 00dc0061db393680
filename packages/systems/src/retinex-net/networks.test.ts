import { describeNetworkFacts } from "../../../../test/support/network-facts.ts";
import { retinexNetNetworks } from "./networks.ts";

describeNetworkFacts(Object.values(retinexNetNetworks), {
  "retinex-net": { parameters: 444_613, gigaMacs: 86.9 },
  "retinex-net/decomposition": { tiling: [10, 1] },
});
