import { createGraph, featuresOf, gradients, input, sumOfSquares } from "@kindling/nets";
import { squeezeNetGraph, squeezeNetWeights } from "@kindling/nets/internal";
import { describe, expect, it } from "vitest";
import { expectGolden, runGraph, seededFloat16 } from "../support/run-graph.ts";
import { goldenTensors, hasShared } from "../support/shared.ts";
import { squeezeNetTaps } from "./squeezenet.ts";

describe.skipIf(!hasShared)("SqueezeNet as a graph", () => {
  const tensors = hasShared ? goldenTensors("lpips_squeezenet11_mat_and_lin_weights.safetensors") : new Map();

  it("sees in a picture of BGR what plain loops see in it less the mean colour", async () => {
    const graph = squeezeNetGraph();
    const image = seededFloat16("image", 3, [1, 3, 38, 51], [0, 255]);
    const seen = await runGraph(graph, squeezeNetWeights(tensors), { image });
    const size = 38 * 51;
    const centred = image.values.map((value, i) => value - [104, 117, 123][Math.floor(i / size)]);
    const wanted = squeezeNetTaps({ shape: image.shape, values: centred }, tensors);
    for (const [i, layer] of ["conv1", "fire3", "fire5", "fire6", "fire7", "fire8", "fire9"].entries()) {
      const most = wanted[i].values.reduce((a, b) => Math.max(a, b), 0);
      expect(most).toBeGreaterThan(1);
      expectGolden(seen[layer], wanted[i], most * 1e-5);
    }
  });

  it("has a gradient through its fixed weights", async () => {
    const image = input("image", [1, 3, 38, 51]);
    const loss = sumOfSquares(featuresOf(squeezeNetGraph(), squeezeNetWeights(tensors), "fire5")(image));
    const [gradient] = gradients(loss, [image]);
    const graph = createGraph("loss", [image], { loss, gradient });
    expect(graph.parameters).toEqual([]);
    const at = seededFloat16("image", 3, [1, 3, 38, 51], [0, 255]);
    const lossAt = async (values: Float32Array) =>
      (await runGraph(graph, new Map(), { image: { shape: at.shape, values } }))["loss"].values[0];
    const { gradient: slope } = await runGraph(graph, new Map(), { image: at });
    const steepest = slope.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const along = (by: number) => at.values.map((value, i) => value + (by * slope.values[i]) / steepest);
    const foretold = slope.values.reduce((sum, value) => sum + value ** 2, 0) / steepest;
    expect((await lossAt(along(0.5))) - (await lossAt(along(-0.5)))).toBeGreaterThan(0.98 * foretold);
    expect((await lossAt(along(0.5))) - (await lossAt(along(-0.5)))).toBeLessThan(1.02 * foretold);
  });
});
