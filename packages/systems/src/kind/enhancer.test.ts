import { createRandom, type Photo, type Picture } from "@kindling/core";
import { lightFeatures, predictLight, tensorOfPicture } from "@kindling/core/internal";
import { meanIllumination, openEnhancer, readPhoto } from "@kindling/node";
import { beforeAll, describe, expect, test } from "vitest";
import { addModel, modelsFolder, officialKind } from "../../../../test/support/model-folder.ts";
import { goldenModelTensors, largestDifference, runGraph } from "../../../../test/support/run-graph.ts";
import { hasShared, sharedPath } from "../../../../test/support/shared.ts";
import { findNetwork } from "../systems.ts";

const levels = [0, 0.3, 0.7, 1, 1.5, 2.5, 5];

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
  const open = (method = "kind.official") => openEnhancer({ method, models, device: "cpu", threads: 1 });
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
      for (const light of levels) means.push(meanIllumination((await scene.relight({ light })).picture));
      for (const [i, mean] of means.slice(1).entries()) expect(mean).toBeGreaterThan(means[i]);
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

  test("adds noise back as denoise falls, and the photo as keepHighlights rises", async () => {
    const enhancer = await open();
    const scene = await enhancer.analyse(photoOf(randomPicture(5)));
    const { reflectance, unrestored, illumination } = scene.maps();
    expect([reflectance.channels, unrestored?.channels, illumination.channels]).toEqual([3, 3, 1]);
    const plain = { light: 2, keepHighlights: 0 };
    const restored = await scene.relight(plain);
    const raw = await scene.relight({ ...plain, denoise: 0 });
    // Reflectance times light: the quotient of two results is that of their reflectances.
    for (let i = 0; i < 300; i++) {
      expect(raw.picture.samples[i] * reflectance.samples[i]).toBeCloseTo(
        restored.picture.samples[i] * (unrestored?.samples[i] ?? 0),
        4,
      );
    }
    const half = await scene.relight({ ...plain, denoise: 0.5 });
    for (let i = 0; i < 300; i++) {
      const between = (raw.picture.samples[i] + restored.picture.samples[i]) / 2;
      expect(half.picture.samples[i]).toBeCloseTo(between, 4);
    }
    expect(await scene.relight(plain)).toEqual(await scene.relight({ light: 2 }));
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
    const masked = (await scene.relight({ light: 4, mask })).picture;
    const [full, asIs] = [await scene.relight({ light: 4 }), await scene.relight({ light: 1 })];
    const at = (x: number) => (20 * picture.width + x) * 3;
    // The adjustment looks 4 px around: away from the seam the halves are those of the two levels.
    for (const x of [2, 10, 15]) expect(masked.samples[at(x)]).toBeCloseTo(full.picture.samples[at(x)], 5);
    for (const x of [30, 38, 43]) expect(masked.samples[at(x)]).toBeCloseTo(asIs.picture.samples[at(x)], 5);
    await enhancer.close();
  });

  test("takes automatic light from the manifest's model, and 5 where there is none", async () => {
    const photo = photoOf(randomPicture(7));
    const [plain, fitted] = [await open(), await open("kind.lit")];
    expect((await plain.analyse(photo)).autoLight).toBe(5);
    const scene = await fitted.analyse(photo);
    const { illumination } = scene.maps();
    const plane = { width: illumination.width, height: illumination.height, values: illumination.samples };
    expect(scene.autoLight).toBeCloseTo(predictLight(flatLight, lightFeatures(photo.picture, plane)), 6);
    expect(await scene.relight()).toEqual(await scene.relight({ light: scene.autoLight }));
    await Promise.all([plain.close(), fitted.close()]);
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
