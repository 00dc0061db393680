import { createPicture, createRandom, type Photo } from "@kindling/core";
import { tensorOfPicture } from "@kindling/core/internal";
import { encodeOnnx, type Graph, initialise, type Weights } from "@kindling/nets";
import { openEnhancer, openSession } from "@kindling/node";
import { expect, test } from "vitest";
import { addModel, modelsFolder } from "../../../../test/support/model-folder.ts";
import { largestDifference } from "../../../../test/support/run-graph.ts";
import { hdrnetNetworks } from "./networks.ts";

/** Weights whose grid differs from place to place, the same for a parameter whichever graph it is in. */
function livelyWeights(graph: Graph): Weights {
  const weights = new Map(initialise(graph, 7));
  for (const [path, { shape, values }] of weights) {
    const random = createRandom(7, path);
    const limit = path.startsWith("coefficients/grid") ? 0.03 : 0.1;
    if (path.endsWith("weight")) {
      weights.set(path, { shape, values: values.map((value) => value + limit * (2 * random() - 1)) });
    }
  }
  return weights;
}

test("photos are enhanced in tiles as the whole network enhances them", async () => {
  const models = modelsFolder();
  await addModel(models, "hdrnet", "test", livelyWeights);
  const random = createRandom(1, "photo");
  const picture = createPicture(301, 190, 3);
  picture.samples.forEach((_, i) => {
    picture.samples[i] = random() * (0.3 + (0.7 * (Math.floor(i / 3) % 301)) / 301);
  });
  const photo: Photo = { picture, metadata: {}, format: "png", depth: 16, lossless: true, notes: [] };
  // Far less than the guide takes of the whole photo.
  const enhancer = await openEnhancer({ method: "hdrnet", models, device: "cpu", threads: 1, maxMemoryBytes: 9e6 });
  const lit = tensorOfPicture((await (await enhancer.analyse(photo)).relight()).picture);
  await enhancer.close();

  const graph = hdrnetNetworks.whole.build();
  const session = await openSession(encodeOnnx(graph, livelyWeights(graph)), { device: "cpu", threads: 1 });
  const { enhanced } = await session.run({ image: tensorOfPicture(picture) });
  await session.dispose();
  const clipped = enhanced!.values.map((value) => Math.min(Math.max(value, 0), 1));
  expect(largestDifference(lit.values, clipped)).toBeLessThan(2e-5);
  expect(largestDifference(lit.values, tensorOfPicture(picture).values)).toBeGreaterThan(0.02);
});
