import { createRandom, type ModelTensor, meanLuminance, type Photo } from "@kindling/core";
import { integersOfPicture, pictureOfIntegers } from "@kindling/core/internal";
import { defineNetwork, reduceArea } from "@kindling/nets";
import { openEnhancer } from "@kindling/node";
import { tensorOfPicture } from "@kindling/node/internal";
import { describe, expect, it } from "vitest";
import { lively } from "../../../../test/support/ember-weights.ts";
import { addModel, modelsFolder } from "../../../../test/support/model-folder.ts";
import { largestDifference, runGraph } from "../../../../test/support/run-graph.ts";
import { emberByOverview } from "./ember.ts";
import { emberCells, emberFeatures, emberOverviewPx, emberTones } from "./facts.ts";
import { meanOfMirrored, stackMirrored } from "./mirrored-views.ts";
import { emberNetworks } from "./networks.ts";
import { paper } from "./paper.ts";

const models = modelsFolder();
await addModel(models, "ember", "lively", lively);

const random = createRandom(6, "photo");
const [width, height] = [560, 41];
const picture = {
  width,
  height,
  channels: 3 as const,
  // Dark on the left, lighter to the right, nearly white at the end, with noise: a scene.
  samples: Float32Array.from(
    { length: 3 * width * height },
    (_, i) =>
      0.1 * random() + (Math.floor(i / 3) % width > 0.9 * width ? 0.85 : 0.15 * ((Math.floor(i / 3) % width) / width)),
  ),
};
const photo = { picture, metadata: {}, format: "png", depth: 16, lossless: true, notes: [] } as const satisfies Photo;
const open = (maxMemoryBytes = 1e9) => openEnhancer({ method: "ember", device: "cpu", models, maxMemoryBytes });

const byOverview = defineNetwork(
  "ember/by-overview",
  "Ember from picture to picture, with the decisions of an overview given.",
  paper,
  {
    image: 3,
    features: [emberFeatures, 1, 1],
    gains: [emberTones, emberCells, emberCells],
    balance: [3, emberCells, emberCells],
    saturation: [1, emberCells, emberCells],
    black: [3, 1, 1],
  },
  (scope, { image, ...decided }) => ({
    enhanced: emberByOverview(scope, image, reduceArea(image, emberOverviewPx), decided),
  }),
);

/** Runs the overview on the picture and its mirror image by themselves, and averages what it gives. */
async function meanOverview(image: ModelTensor) {
  const reduce = defineNetwork("reduce", "Reduces by area.", paper, { image: 3 }, (_, { image }) => ({
    overview: reduceArea(image, emberOverviewPx),
  })).build();
  const { overview } = await runGraph(reduce, new Map(), { image });
  const graph = emberNetworks.overview.build();
  const { shape, values } = stackMirrored(overview!);
  const size = values.length / shape[0]!;
  const views = await Promise.all(
    Array.from({ length: shape[0]! }, (_, view) =>
      runGraph(graph, lively(graph), {
        overview: { shape: [1, ...shape.slice(1)], values: values.slice(view * size, (view + 1) * size) },
      }),
    ),
  );
  const mean = (name: string, kind: "arithmetic" | "geometric") => {
    const [one] = views;
    const stacked = views.flatMap((view) => [...view[name]!.values]);
    return meanOfMirrored({ shape: [2, ...one![name]!.shape.slice(1)], values: Float32Array.from(stacked) }, kind);
  };
  return {
    features: mean("features", "arithmetic"),
    gains: mean("gains", "arithmetic"),
    balance: mean("balance", "geometric"),
    saturation: mean("saturation", "geometric"),
    black: mean("black", "arithmetic"),
  };
}

describe("Ember in the pipeline", () => {
  it("gives at its own light what one graph gives with the mean of the overviews of the photo and its mirror image", async () => {
    const enhancer = await open();
    const scene = await enhancer.analyse(photo);
    const lit = await scene.relight({ denoise: 1 });
    const graph = byOverview.build();
    const image = tensorOfPicture(picture);
    const { enhanced } = await runGraph(graph, lively(graph), { image, ...(await meanOverview(image)) });
    expect(largestDifference(tensorOfPicture(lit.picture).values, enhanced!.values)).toBeLessThan(1e-4);
    expect(scene.autoLight).toBeGreaterThan(1);
    await enhancer.close();
  });

  it("lifts the brightest tenth of a photo that is dark nearly everywhere to a quarter of the range", async () => {
    const enhancer = await open();
    // From 2 to 10 of 255, and a lamp.
    const dark = photo.picture.samples.map((_, i) => {
      const x = Math.floor(i / 3) % width;
      return x > 0.96 * width ? 0.9 : (2 + (8 * x) / width) / 255;
    });
    const { photo: lit } = await enhancer.enhance({ ...photo, picture: { ...picture, samples: dark } });
    const at90Percent = 3 * Math.floor(0.9 * width);
    // The confidence of these weights takes a little of the gain.
    expect(lit.picture.samples[at90Percent]).toBeGreaterThan(45 / 255);
    await enhancer.close();
  });

  it("leaves a black and white photo that is stored in three channels without colours", async () => {
    const enhancer = await open();
    const samples = picture.samples.map((_, i, all) => all[i - (i % 3)]!);
    const inThree = { ...photo, picture: { ...picture, samples } };
    const alone = {
      ...photo,
      picture: { ...picture, channels: 1 as const, samples: samples.filter((_, i) => i % 3 === 0) },
    };
    const expected = await enhancer.enhance(alone);
    const scene = await enhancer.analyse(inThree);
    for (const lit of [(await enhancer.enhance(inThree)).photo.picture, (await scene.relight()).picture]) {
      expect(lit.channels).toBe(3);
      const strayed = lit.samples.reduce(
        (most, value, i, all) => Math.max(most, Math.abs(value - all[i - (i % 3)]!)),
        0,
      );
      expect(strayed).toBe(0);
      const grey = lit.samples.filter((_, i) => i % 3 === 0);
      expect(largestDifference(grey, expected.photo.picture.samples)).toBeLessThan(1e-4);
    }
    await enhancer.close();
  });

  it("gives the same in tiles", async () => {
    const [whole, tiled] = [await open(), await open(2.6e6)];
    const [one, many] = await Promise.all([whole, tiled].map((enhancer) => enhancer.analyse(photo)));
    const [expected, got] = await Promise.all([one!.relight({ light: 3 }), many!.relight({ light: 3 })]);
    expect(largestDifference(got.picture.samples, expected.picture.samples)).toBeLessThan(1e-4);
    await whole.close();
    await tiled.close();
  });

  it("gives the same to half a step where it keeps nothing, at every level, and leaves the photo as it is", async () => {
    const enhancer = await open();
    const pixels = integersOfPicture(picture, 16);
    const floats = { ...photo, picture: { ...pictureOfIntegers(pixels) } };
    for (const options of [{}, { light: 0.3 }, { light: 3, denoise: 0.5 }] as const) {
      for (const depth of [8, 16] as const) {
        const scene = await enhancer.analyse(floats, { depth });
        const apart = await scene.relight(options);
        const own = { ...photo, picture: pictureOfIntegers(pixels) };
        const { photo: lit, light, luminance } = await enhancer.enhance(own, { ...options, depth });
        const [before, after] = [own, lit].map((either) => meanLuminance(either.picture));
        expect(luminance).toEqual("light" in options ? undefined : { before, after });
        const halfStep = 0.5 / (depth === 8 ? 255 : 65535);
        expect(largestDifference(lit.picture.samples, apart.picture.samples)).toBeLessThan(halfStep + 1e-4);
        expect(lit.depth).toBe(depth);
        expect(light).toBeCloseTo("light" in options ? options.light : scene.autoLight, 1);
        expect(integersOfPicture(own.picture, 16).samples).toBe(pixels.samples);
        expect(pixels).toEqual(integersOfPicture(picture, 16));
      }
    }
    await enhancer.close();
  });

  it("lights into 8-bit pixels with alpha what it lights into floats, to a step, and says so", async () => {
    const enhancer = await open();
    const room = () => {
      const samples = new Uint8Array(4 * width * height).fill(7);
      return { samples, lit: pictureOfIntegers({ width, height, channels: 4, samples }) };
    };
    const scene = await enhancer.analyse(photo);
    const noisy = { light: 3, denoise: 0, denoiseColour: 0 };
    // From the second time on with the same strengths, from other maps; then with other strengths.
    for (const options of [{ light: 2 }, { light: 2 }, { light: 40 }, noisy, noisy, { light: 2 }]) {
      const { lit, samples } = room();
      const { picture: asFloats } = await scene.relight(options);
      const { picture: asPixels } = await scene.relight({ ...options, lit });
      expect(asPixels).toBe(lit);
      const expected = integersOfPicture(asFloats, 8).samples;
      const [colours, alpha] = [samples.filter((_, i) => i % 4 < 3), samples.filter((_, i) => i % 4 === 3)];
      expect(largestDifference(Float32Array.from(colours), Float32Array.from(expected))).toBeLessThanOrEqual(1);
      expect(alpha.every((value) => value === 255)).toBe(true);
    }
    // Others give a picture of their own.
    const mask = { width: 1, height: 1, channels: 1 as const, samples: Float32Array.of(1) };
    for (const options of [{ light: 0.4 }, { light: 2, mask }, { light: 1, denoise: 0 }]) {
      const { lit, samples } = room();
      const { picture: apart } = await scene.relight({ ...options, lit });
      expect(apart).not.toBe(lit);
      expect(samples.every((value) => value === 7)).toBe(true);
    }
    await enhancer.close();
  });

  it("copies a photo's alpha to pixels", async () => {
    const enhancer = await open();
    const samples = Float32Array.from({ length: 4 * width * height }, (_, i) =>
      i % 4 === 3 ? (1 + (i % 254)) / 255 : picture.samples[3 * Math.floor(i / 4) + (i % 4)]!,
    );
    const scene = await enhancer.analyse({ ...photo, picture: { width, height, channels: 4, samples } });
    const pixels = new Uint8Array(samples.length);
    const lit = pictureOfIntegers({ width, height, channels: 4, samples: pixels });
    for (let again = 0; again < 3; again++) {
      pixels.fill(7);
      await scene.relight({ light: 2, lit });
      expect(pixels.every((value, i) => i % 4 < 3 || value === 1 + (i % 254))).toBe(true);
    }
    await enhancer.close();
  });

  it("acts under a mask alone, and is darkened by a light below 1", async () => {
    const enhancer = await open();
    const scene = await enhancer.analyse(photo);
    const left = Float32Array.from({ length: width * height }, (_, i) => Number(i % width < width / 2));
    const mask = { width, height, channels: 1 as const, samples: left };
    const [masked, full, same] = await Promise.all([
      scene.relight({ light: 4, mask }),
      scene.relight({ light: 4 }),
      scene.relight({ light: 1 }),
    ]);
    for (const [i, value] of masked.picture.samples.entries()) {
      const expected = Math.floor(i / 3) % width < width / 2 ? full : same;
      expect(value).toBeCloseTo(expected.picture.samples[i]!, 5);
    }
    const { picture: darker } = await scene.relight({ light: 0.4 });
    for (const [i, value] of darker.samples.entries()) {
      expect(value).toBeLessThanOrEqual(same.picture.samples[i]! + 1e-6);
    }
    await enhancer.close();
  });

  it("gives the photo itself at light 1 without denoising", async () => {
    const enhancer = await open();
    const scene = await enhancer.analyse(photo);
    const { picture: untouched } = await scene.relight({ light: 1, denoise: 0, denoiseColour: 0 });
    for (const [i, value] of untouched.samples.entries()) expect(value).toBeCloseTo(picture.samples[i]!, 6);
    await enhancer.close();
  });

  it("reaches a light between the photo's and its own, and beyond, to 2 %", async () => {
    const enhancer = await open();
    const scene = await enhancer.analyse(photo);
    const linear = ({ samples }: typeof picture) => {
      const decoded = samples.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
      const luminance = (i: number) => 0.2126 * decoded[i]! + 0.7152 * decoded[i + 1]! + 0.0722 * decoded[i + 2]!;
      let sum = 0;
      for (let i = 0; i < decoded.length; i += 3) sum += luminance(i);
      return sum;
    };
    for (const light of [0.4, 1, (1 + scene.autoLight) / 2, 1.5 * scene.autoLight]) {
      const { picture: lit } = await scene.relight({ light });
      expect(linear(lit as typeof picture) / linear(picture) / light).toBeCloseTo(1, 1.7);
    }
    await enhancer.close();
  });

  it("leaves 30 % of the noise of luminance where no strength is given", async () => {
    const enhancer = await open();
    const scene = await enhancer.analyse(photo);
    const { picture: byDefault } = await scene.relight();
    const { picture: stated } = await scene.relight({ denoise: 0.7, denoiseColour: 1, keepHighlights: 0 });
    expect(byDefault.samples).toEqual(stated.samples);
    expect(enhancer.facts.defaultStrengths.denoise).toBe(0.7);
    await enhancer.close();
  });

  it("splits a photo into its picture at automatic light without noise, and an illumination up to 1", async () => {
    const enhancer = await open();
    const scene = await enhancer.analyse(photo);
    const { reflectance, illumination } = scene.maps();
    const { picture: lit } = await scene.relight({ denoise: 1 });
    expect(largestDifference(reflectance.samples, lit.samples)).toBeLessThan(2 / 65535);
    expect(Math.max(...illumination.samples)).toBeLessThanOrEqual(1 + 1e-6);
    expect(Math.min(...illumination.samples)).toBeGreaterThan(0);
    await enhancer.close();
  });
});
