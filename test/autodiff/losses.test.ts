import { readdirSync } from "node:fs";
import {
  convolution,
  createGraph,
  createScope,
  edgeError,
  featuresOf,
  initialise,
  input,
  leastSquares,
  meanAbsoluteError,
  meanSquaredError,
  relu,
  ssim,
  weighTerms,
} from "@kindling/nets";
import { describe, expect, it } from "vitest";
import { describeLossGradients, type LossCase, lossCase, map, picture } from "../support/loss-gradients.ts";

/** A backbone of two layers with fixed weights. */
function backbone() {
  const image = input("image", [2, 3, 12, 13]);
  const scope = createScope();
  const first = relu(convolution(scope.at("first"), image, { channels: 4 }));
  const graph = createGraph("backbone", [image], {
    first,
    second: convolution(scope.at("second"), first, { channels: 2 }),
  });
  return { graph, weights: initialise(graph, 1) };
}

/** Every loss that systems share, by the file it is in; those of one system are checked in its folder. */
const cases: Readonly<Record<string, Readonly<Record<string, LossCase>>>> = {
  adversarial: {
    "least squares, of the generator": lossCase([map, map], leastSquares.generator),
    "least squares, of the discriminator": lossCase([map, map], leastSquares.discriminator),
  },
  edges: { "edge error": lossCase([map, map], edgeError) },
  "loss-terms": {
    weighTerms: lossCase(
      [map, map],
      (a, b) => weighTerms({ a: edgeError(a, b), b: ssim(a, b) }, { a: 0.5, b: 1 }).total,
    ),
  },
  perceptual: {
    "an inner layer": lossCase([picture, picture], (a, b) => {
      const { graph, weights } = backbone();
      const features = featuresOf(graph, weights, "first");
      return meanSquaredError(features(a), features(b));
    }),
  },
  "pixel-errors": {
    absolute: lossCase([picture, map], meanAbsoluteError),
    squared: lossCase([picture, map], meanSquaredError),
  },
  ssim: { similarity: lossCase([picture, picture], ssim) },
};

/** Files that hold no loss: types, and a network that losses compare by (golden in squeezenet-graph.test.ts). */
const withoutLoss = ["decomposition", "squeezenet"];

describe("the losses that systems share", () => {
  it("are all checked", () => {
    const files = readdirSync(new URL("../../packages/nets/src/losses/", import.meta.url))
      .filter((file) => !file.endsWith(".test.ts"))
      .map((file) => file.replace(".ts", ""));
    expect([...Object.keys(cases), ...withoutLoss].sort()).toEqual(files.sort());
  });
});

describeLossGradients(
  Object.fromEntries(
    Object.entries(cases).flatMap(([file, uses]) =>
      Object.entries(uses).map(([about, use]) => [`${file}: ${about}`, use] as const),
    ),
  ),
);
