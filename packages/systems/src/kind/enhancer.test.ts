import { createRandom, decodeSrgb, type ModelTensor, type Photo, type Picture } from "@kindling/core";
import { lightFeatures, predictLight, tensorOfPicture } from "@kindling/core/internal";
import { meanLuminance, openEnhancer, readPhoto } from "@kindling/node";
import { beforeAll, describe, expect, test } from "vitest";
import { addModel, modelsFolder, officialKind } from "../../../../test/support/model-folder.ts";
import { goldenModelTensors, largestDifference, runGraph } from "../../../../test/support/run-graph.ts";
import { hasShared, sharedPath } from "../../../../test/support/shared.ts";
import { findNetwork } from "../systems.ts";

const levels = [0.1, 0.3, 0.7, 1, 1.5, 2.5, 5];

/** What the model of automatic light in the tests always says. */
const flatLight = {
  features: ["luma mean"],
  mean: [0],
  scale: [1],
  weights: [-0.5],
  intercept: 0,
  min: 0,
  max: 5,
};

function photoOf(picture: Picture): Photo {
  return { picture, metadata: {}, format: "png", depth: 8, lossless: true, notes: [] };
}

function randomPicture(seed: number, channels: 1 | 2 | 3 | 4 = 3): Picture {
  const random = createRandom(seed, "picture");
  const [width, height] = [45, 38];
  return { width, height, channels, samples: Float32Array.from({ length: width * height * channels }, random) };
}

describe.skipIf(!hasShared)("KinD with its official decomposition and adjustment", () => {
  const models = modelsFolder();
  const open = (method = "kind.official", settings = {}) =>
    openEnhancer({ method, models, settings, device: "cpu", threads: 1 });
  beforeAll(async () => {
    if (!hasShared) return;
    await addModel(models, "kind", "official", officialKind);
    await addModel(models, "kind", "lit", officialKind, { light: flatLight });
  });

  test("grows brighter with every step of light, on noise and on a photo", async () => {
    const enhancer = await open();
    const dark = await readPhoto(sharedPath("data/dark/easy-0016.png"));
    for (const photo of [photoOf(randomPicture(1)), photoOf(randomPicture(2)), dark]) {
      const scene = await enhancer.analyse(photo);
      const means: number[] = [];
      for (const light of levels) means.push(meanLuminance((await scene.relight({ light })).picture));
      for (const [i, mean] of means.slice(1).entries()) expect(mean).toBeGreaterThan(means[i]);
      const own: number[] = [];
      for (const alpha of [0, 0.5, 1, 2, 5]) {
        own.push(meanLuminance((await scene.ownLevels!.relight(alpha)).picture));
      }
      for (const [i, mean] of own.slice(1).entries()) expect(mean).toBeGreaterThan(own[i]);
    }
    await enhancer.close();
  });

  test("gives the paper's product, at the alpha of a reference, when it is lit like one", async () => {
    const [a, b] = [randomPicture(3), randomPicture(4)];
    const enhancer = await open();
    const lit = await (await enhancer.analyse(photoOf(a))).relightLike(photoOf(b));
    const graph = findNetwork("kind/with-reference").build();
    const { enhanced } = await runGraph(graph, officialKind(graph), {
      image: tensorOfPicture(a),
      reference: tensorOfPicture(b),
    });
    expect(largestDifference(tensorOfPicture(lit.picture).values, enhanced.values)).toBeLessThan(1e-5);
    await enhancer.close();
  });

  test("adds noise back as denoise falls, to the photo itself times a gain that is the same for all its colours", async () => {
    const enhancer = await open();
    const picture = randomPicture(5);
    for (let i = 0; i < picture.samples.length; i++) picture.samples[i] *= 0.3;
    const scene = await enhancer.analyse(photoOf(picture));
    const { reflectance, unrestored, illumination } = scene.maps();
    expect([reflectance.channels, unrestored?.channels, illumination.channels]).toEqual([3, 3, 1]);
    const relit = async (denoise: number) => (await scene.relight({ light: 2, denoise })).picture;
    const [raw, half, restored] = [await relit(0), await relit(0.5), await relit(1)];
    // The last of the ways to the light is an exposure, which acts on linear light.
    const gain = (i: number) => decodeSrgb(raw.samples[i]) / decodeSrgb(picture.samples[i]);
    for (let i = 0; i < 300; i += 3) {
      const gains = [i, i + 1, i + 2].filter((at) => picture.samples[at] > 0.1).map(gain);
      for (const other of gains) expect(Math.abs(other / (gains[0] ?? 1) - 1)).toBeLessThan(0.2);
    }
    const differenceOf = (a: Picture, b: Picture) =>
      a.samples.reduce((sum, value, i) => sum + Math.abs(value - b.samples[i]), 0);
    expect(differenceOf(half, raw)).toBeLessThan(differenceOf(restored, raw));
    expect(differenceOf(half, restored)).toBeLessThan(differenceOf(restored, raw));
    await enhancer.close();
  });

  test("gives reflectance times light at its own levels, and the authors' blend with keepHighlights", async () => {
    const enhancer = await openEnhancer({ method: "kind.official", models, device: "cpu", settings: { alpha: 2 } });
    const picture = randomPicture(6);
    const scene = await enhancer.analyse(photoOf(picture));
    const whole = async (name: string, inputs: Record<string, ModelTensor>) => {
      const graph = findNetwork(name).build();
      return (await runGraph(graph, officialKind(graph), { image: tensorOfPicture(picture), ...inputs }))["enhanced"]!;
    };
    const ratio = { shape: [1], values: Float32Array.of(2) };
    const blind = await whole("kind/blind", { ratio });
    const kept = await scene.relight({ keepHighlights: 1 });
    expect(largestDifference(tensorOfPicture(kept.picture).values, blind.values)).toBeLessThan(1e-5);
    // Own levels are those of the setting, and of every other light that is not asked for as a factor.
    expect((await scene.ownLevels!.relight(2)).picture).toEqual((await scene.relight()).picture);
    await enhancer.close();
  });

  test("lights under a mask where it is white, leaves the level at 1 where it is black", async () => {
    const enhancer = await open();
    const picture = randomPicture(6);
    const scene = await enhancer.analyse(photoOf(picture));
    // Left half white, right half black, given at a third of the size.
    const mask: Picture = {
      width: 15,
      height: 1,
      channels: 1,
      samples: Float32Array.from({ length: 15 }, (_, x) => (x < 7 ? 1 : 0)),
    };
    const masked = (await scene.relight({ light: 1.4, mask })).picture;
    const [full, asIs] = [await scene.relight({ light: 1.4 }), await scene.relight({ light: 1 })];
    const at = (x: number) => (20 * picture.width + x) * 3;
    for (const x of [2, 10, 15]) expect(masked.samples[at(x)]).toBe(full.picture.samples[at(x)]);
    for (const x of [30, 38, 43]) expect(masked.samples[at(x)]).toBe(asIs.picture.samples[at(x)]);
    await enhancer.close();
  });

  test("takes its alpha from the setting, else from the manifest's model, else 5, and tells its light", async () => {
    const photo = photoOf(randomPicture(7));
    const [plain, fitted, set] = [await open(), await open("kind.lit"), await open("kind.lit", { alpha: 3 })];
    const scene = await fitted.analyse(photo);
    const { illumination } = scene.maps();
    const plane = { width: illumination.width, height: illumination.height, values: illumination.samples };
    const predicted = predictLight(flatLight, lightFeatures(photo.picture, plane));
    for (const [enhancer, alpha] of [
      [plain, 5],
      [fitted, predicted],
      [set, 3],
    ] as const) {
      const analysed = await enhancer.analyse(photo);
      const lit = await analysed.relight();
      expect(lit).toEqual(await analysed.ownLevels!.relight(alpha));
      expect(lit).toEqual(await analysed.relight({ light: analysed.autoLight }));
      expect(meanLuminance(lit.picture) / meanLuminance(photo.picture)).toBeCloseTo(analysed.autoLight, 4);
    }
    await expect(open("kind.official", { alpha: 6 })).rejects.toThrow(/alpha takes a number from 0 to 5; got 6/);
    await Promise.all([plain.close(), fitted.close(), set.close()]);
  });

  test("splits a picture into the golden layers", async () => {
    const golden = goldenModelTensors("kind_forward.safetensors");
    const input = goldenModelTensors("inputs.safetensors")("a");
    const [, , height, width] = input.shape;
    const samples = Float32Array.from({ length: 3 * width * height }, (_, i) => {
      return input.values[(i % 3) * width * height + Math.floor(i / 3)];
    });
    const enhancer = await open();
    const maps = (await enhancer.analyse(photoOf({ width, height, channels: 3, samples }))).maps();
    expect(largestDifference(maps.illumination.samples, golden("a.L").values)).toBeLessThan(1e-5);
    expect(largestDifference(tensorOfPicture(maps.unrestored!).values, golden("a.R").values)).toBeLessThan(1e-5);
    await enhancer.close();
  });
});

test("KinD as it is shipped leaves an even frame, which shows nothing, its faint tint", async () => {
  const enhancer = await openEnhancer({ method: "kind.free", device: "cpu" });
  const samples = Float32Array.from({ length: 45 * 38 * 3 }, (_, i) => [20, 18, 15][i % 3]! / 255);
  const { photo } = await enhancer.enhance(photoOf({ width: 45, height: 38, channels: 3, samples }));
  const lit = photo.picture.samples;
  const means = [0, 1, 2].map((c) => lit.reduce((sum, value, i) => (i % 3 === c ? sum + value : sum), 0));
  expect(Math.min(...means) / Math.max(...means)).toBeGreaterThan(0.6);
  await enhancer.close();
});
