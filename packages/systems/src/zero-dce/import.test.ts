import { readFileSync } from "node:fs";
import { importNetwork } from "@kindling/lab";
import { countParameters, createGraph, createScope, input, openCheckpoint } from "@kindling/nets";
import { describe, expect, it } from "vitest";
import { goldenModelTensors, runGraph } from "../../../../test/support/run-graph.ts";
import { hasShared, sharedPath } from "../../../../test/support/shared.ts";
import { zeroDceLoss } from "./loss.ts";
import { system } from "./system.ts";
import { applyCurves, zeroDceCurves } from "./zero-dce.ts";

describe.skipIf(!hasShared)("the authors' own checkpoint of Zero-DCE", () => {
  const name = "Epoch99.pth";
  const read = () => openCheckpoint([{ name, bytes: readFileSync(sharedPath("weights", "zero-dce", name)) }]);

  it("is imported whole", () => {
    const { network, weights } = importNetwork([system], "zero-dce", read(), { file: name });
    expect(network.name).toBe("zero-dce");
    expect(countParameters(network.build())).toBe(79_416);
    expect(weights.size).toBe(14);
  });

  it("brightens a dark picture by curves that are smooth, as it was trained to", async () => {
    const { weights } = importNetwork([system], "zero-dce", read(), { file: name });
    const image = input("image", [1, 3, 48, 64]);
    const curves = zeroDceCurves(createScope(), image);
    const enhanced = applyCurves(image, curves);
    const loss = zeroDceLoss(image, curves, enhanced);
    const graph = createGraph("zero-dce", [image], { ...loss, enhanced });
    const dark = goldenModelTensors("inputs.safetensors")("a");
    const results = await runGraph(graph, weights, { image: dark });
    const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(dark.values)).toBeLessThan(0.2);
    expect(mean(results["enhanced"]!.values)).toBeGreaterThan(0.35);
    // With weights of chance it is 0.09.
    expect(results["smooth"]!.values[0]).toBeLessThan(0.002);
  });
});
