import { anySize, createGraph, input, meanSquaredError } from "@kindling/nets";
import { expect, test } from "vitest";
import { describeLossGradients, lossCase, map, picture } from "../../../../test/support/loss-gradients.ts";
import { runGraph } from "../../../../test/support/run-graph.ts";
import { caffeColours, equaliseBrightness, featurePreservingLoss, relativisticLeastSquares } from "./losses.ts";

describeLossGradients({
  "EnlightenGAN's relativistic generator": lossCase([map, map], relativisticLeastSquares.generator),
  "EnlightenGAN's relativistic discriminator": lossCase([map, map], relativisticLeastSquares.discriminator),
  "EnlightenGAN's preserved features, of the picture's own colours": lossCase([picture, picture], (a, b) =>
    featurePreservingLoss(caffeColours(a), caffeColours(b)),
  ),
  "EnlightenGAN's pictures at equal brightness": lossCase([picture, picture], (a, b) =>
    meanSquaredError(equaliseBrightness(a), equaliseBrightness(b)),
  ),
});

test("pictures of any brightness have the same mean once it is equal, but for black ones", async () => {
  const image = input("image", [anySize.batch, 3, anySize.height, anySize.width]);
  const graph = createGraph("equal", [image], { equal: equaliseBrightness(image) });
  const levels = Array.from({ length: 12 }, (_, i) => (i + 1) / 40);
  const centred = [0, 1, 2].flatMap((item) => levels.map((level) => 2 * level * [1, 3, 0][item]! - 1));
  const { equal } = await runGraph(graph, new Map(), {
    image: { shape: [3, 3, 2, 2], values: Float32Array.from(centred) },
  });
  const [dark, bright, black] = [0, 1, 2].map((item) => [...equal!.values.subarray(12 * item, 12 * item + 12)]);
  expect(dark!.reduce((sum, value) => sum + value, 0) / 12).toBeCloseTo(0, 5);
  for (const [i, value] of dark!.entries()) expect(bright![i]).toBeCloseTo(value, 5);
  expect(black).toEqual(Array(12).fill(-1));
});
