import { createScope, input } from "@kindling/nets";
import { byBatchStatistics, parametersOf } from "@kindling/nets/internal";
import { describe, it } from "vitest";
import { expectDirectionalGradient, probe } from "../../../../test/support/gradient-check.ts";
import { leavesOf } from "../../../../test/support/network-gradients.ts";
import { enlightenGanGenerator } from "./enlightengan.ts";

describe("EnlightenGAN's generator in training", () => {
  it("has the gradients that differences of the reference say", { timeout: 120_000 }, () => {
    const [image, attention] = [input("image", [2, 3, 16, 16]), input("attention", [2, 1, 16, 16])];
    const { normalise } = byBatchStatistics();
    const { output } = enlightenGanGenerator(createScope(), image, attention, "half_pixel", normalise);
    const parameters = parametersOf([output]);
    const leaves = leavesOf({ inputs: [image, attention], parameters });
    expectDirectionalGradient(probe(output), [...leaves.keys()], leaves);
  });
});
