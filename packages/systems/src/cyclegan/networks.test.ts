import { createScope, input } from "@kindling/nets";
import { expect, test } from "vitest";
import { describeNetworkFacts } from "../../../../test/support/network-facts.ts";
import { cycleGanDiscriminator } from "./cyclegan.ts";
import { cycleGanNetworks } from "./networks.ts";

describeNetworkFacts(Object.values(cycleGanNetworks), {
  cyclegan: { parameters: 11_378_179, tiling: "whole picture" },
  "cyclegan/darken": { parameters: 11_378_179 },
  "cyclegan/bright-discriminator": { parameters: 2_764_737 },
  "cyclegan/dark-discriminator": { parameters: 2_764_737 },
});

test("a discriminator scores a picture of 256 px at 30x30 places", () => {
  const image = input("image", [1, 3, 256, 256]);
  const scores = cycleGanDiscriminator(createScope(), image);
  expect(scores.shape).toEqual([1, 1, 30, 30]);
});
