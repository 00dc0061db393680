import { countParameters, createGraph, createScope, input } from "@kindling/nets";
import { expect, test } from "vitest";
import { describeNetworkFacts } from "../../../../test/support/network-facts.ts";
import { cycleGanDiscriminator } from "./cyclegan.ts";
import { cycleGanNetworks } from "./networks.ts";

describeNetworkFacts(Object.values(cycleGanNetworks), {
  cyclegan: { parameters: 11_378_179, tiling: "whole picture" },
  "cyclegan/darken": { parameters: 11_378_179 },
});

test("a discriminator has 2,764,737 parameters and scores a picture of 256 px at 30x30 places", () => {
  const image = input("image", [1, 3, 256, 256]);
  const scores = cycleGanDiscriminator(createScope(), image);
  expect(scores.shape).toEqual([1, 1, 30, 30]);
  expect(countParameters(createGraph("discriminator", [image], { scores }))).toBe(2_764_737);
});
