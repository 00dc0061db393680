import type { Network, Weights } from "@kindling/nets";
import { expect } from "vitest";
import { goldenModelTensors, runGraph } from "./run-graph.ts";

/** Expects the layers that a decomposition finds in a golden picture to give it back, by 0.1 on average. */
export async function expectRebuilt(decomposition: Network, weights: Weights): Promise<void> {
  const image = goldenModelTensors("kind_forward.safetensors")("a.input_stretched");
  const { reflectance, illumination } = await runGraph(decomposition.build(), weights, { image });
  const product = reflectance.values.map((value, i) => value * illumination.values[i % illumination.values.length]);
  const error = product.reduce((sum, value, i) => sum + Math.abs(value - image.values[i]), 0) / product.length;
  expect(error).toBeLessThan(0.1);
}
