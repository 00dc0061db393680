import { describeNetworkFacts } from "../../../../test/support/network-facts.ts";
import { enlightenGanNetworks } from "./networks.ts";

describeNetworkFacts(Object.values(enlightenGanNetworks), {
  "enlightengan/generator": { parameters: 8_636_675, gigaMacs: 76.8 },
  "enlightengan/global-discriminator": { parameters: 11_154_369 },
  "enlightengan/local-discriminator": { parameters: 6_959_553 },
  "enlightengan/aligned": { tiling: "whole picture" },
});
