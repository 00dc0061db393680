import { createRandom, type Photo, type Picture } from "@kindling/core";
import { tensorOfPicture } from "@kindling/core/internal";
import { encodeOnnx, type Graph, initialise, type Weights } from "@kindling/nets";
import { openEnhancer, openSession } from "@kindling/node";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { addModel, modelsFolder } from "../../../test/support/model-folder.ts";
import { networkMethods } from "./inference.ts";
import { findNetwork } from "./systems.ts";

/** Networks that run in tiles: the graph of the whole, the side of a square that is cut no more, and of the largest picture. */
const systems = [
  { name: "kind", whole: "kind/blind", part: "analysis", sidePx: 292, maxSidePx: 320, ratio: 3 },
  { name: "gladnet", whole: "gladnet", part: "detail", sidePx: 100, maxSidePx: 150 },
  { name: "msr-net", whole: "msr-net", part: "whole", sidePx: 60, maxSidePx: 100 },
  { name: "enlightengan", whole: "enlightengan", part: "whole", sidePx: 306, maxSidePx: 320 },
] as const;

/**
 * Weights that let every layer matter, the same for a parameter whichever graph it is in; the last layer of networks
 * that do not bound their results is weak, with a bias of grey: black and white prove nothing.
 */
function livelyWeights(graph: Graph): Weights {
  const weights = new Map(initialise(graph, 7));
  for (const [path, { shape, values }] of weights) {
    const random = createRandom(7, path);
    const gain = /^(color|output)/.test(path) ? 0.1 : 6;
    const limit = Math.sqrt(gain / shape.slice(1).reduce((product, side) => product * side, 1));
    if (shape.length === 4) weights.set(path, { shape, values: values.map(() => limit * (2 * random() - 1)) });
    else if (gain < 1) weights.set(path, { shape, values: values.map(() => 0.5) });
  }
  return weights;
}

/** Noise on a gradient: what nothing can hide in. */
function noisyPhoto(width: number, height: number, seed: number): Photo {
  const random = createRandom(seed, "photo");
  const samples = Float32Array.from(
    { length: width * height * 3 },
    (_, i) => (0.05 + (0.5 * (Math.floor(i / 3) % width)) / width) * random(),
  );
  const picture: Picture = { width, height, channels: 3, samples };
  return { picture, metadata: {}, format: "png", depth: 16, lossless: true, notes: [] };
}

describe.each(systems)("$name in tiles", ({ name, whole, part, sidePx, maxSidePx, ...level }) => {
  const models = modelsFolder();
  const graph = findNetwork(whole).build();
  const file = encodeOnnx(graph, livelyWeights(graph));
  beforeAll(() => addModel(models, name, "test", livelyWeights));

  test("gives what the network gives on the whole picture, at any size", async () => {
    const session = await openSession(file, { device: "cpu", threads: 1 });
    // Every picture below is larger than that: it is cut one way or both.
    const bytesPerPixel = networkMethods.find((method) => method.name === name)!.bytesPerPixel[part];
    const maxMemoryBytes = sidePx ** 2 * bytesPerPixel;
    const settings = "ratio" in level ? { alpha: level.ratio } : {};
    const enhancer = await openEnhancer({ method: name, models, settings, device: "cpu", threads: 1, maxMemoryBytes });
    const sides = fc.integer({ min: sidePx + 1, max: maxSidePx });
    await fc.assert(
      fc.asyncProperty(sides, sides, fc.integer(), async (width, height, seed) => {
        const photo = noisyPhoto(width, height, seed);
        const scene = await enhancer.analyse(photo);
        const light = "ratio" in level ? { keepHighlights: 1 } : {};
        const tiled = tensorOfPicture((await scene.relight(light)).picture);
        const ratio = "ratio" in level && { ratio: { shape: [1], values: Float32Array.of(level.ratio) } };
        const { enhanced } = await session.run({ image: tensorOfPicture(photo.picture), ...ratio });
        const clipped = enhanced.values.map((value) => Math.min(Math.max(value, 0), 1));
        expect(largestDifference(tiled.values, clipped)).toBeLessThan(1e-5);
        expect(clipped.filter((value) => value > 0 && value < 1).length).toBeGreaterThan(clipped.length / 4);
      }),
      { numRuns: 2, endOnFailure: true },
    );
    await enhancer.close();
    await session.dispose();
  });
});

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i])), a.length === b.length ? 0 : 1);
}
