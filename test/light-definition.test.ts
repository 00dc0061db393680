import {
  type Enhancer,
  meanLuminance,
  methods,
  openEnhancer,
  openModelStore,
  type Photo,
  readPhoto,
} from "@kindling/node";
import { finish, reduceColours } from "@kindling/node/internal";
import { describe, expect, test } from "vitest";
import { samplePairs } from "../examples/sample-pairs.ts";

/** Every classical method, and every network with every one of its shipped weights. */
const names = [
  ...methods.map(({ name }) => name),
  ...(await openModelStore().list()).map(({ network, tag }) => `${network}.${tag}`),
];

const levels = [0.5, 0.7, 1, 1.5, 2, 3];

/** Small copies of the dark sample photos. */
const photos = await Promise.all(samplePairs.map(async ({ photo }) => reduce(await readPhoto(photo))));

/** Reduces a photo to 96 x 64 px by area. */
async function reduce(photo: Photo): Promise<Photo> {
  const [width, height] = [96, 64];
  const planes = finish(reduceColours(photo.picture, width, height));
  const samples = Float32Array.from({ length: 3 * width * height }, (_, i) => {
    return planes[i % 3]?.values[Math.floor(i / 3)] ?? 0;
  });
  return { ...photo, picture: { width, height, channels: 3, samples } };
}

async function withEnhancer<Result>(method: string, use: (enhancer: Enhancer) => Promise<Result>): Promise<Result> {
  const enhancer = await openEnhancer({ method, device: "cpu", threads: 1 });
  return use(enhancer).finally(() => enhancer.close());
}

/** Whether all of a photo fits below white at every level: its brightest samples may clip at the greatest. */
function canTakeIt({ picture }: Photo): boolean {
  const brightest = picture.samples.toSorted();
  return meanLuminance(picture) < 0.06 && (brightest[Math.floor(0.99 * brightest.length)] ?? 1) < 0.6;
}

describe("light means the same with every method", () => {
  test("enough of the photos can take three times their light", () => {
    expect(photos.filter(canTakeIt).length).toBeGreaterThanOrEqual(3);
  });

  test.each(names)(
    "%s: the mean luminance is that of the photo times the light",
    async (method) => {
      await withEnhancer(method, async (enhancer) => {
        for (const photo of photos.filter(canTakeIt)) {
          const scene = await enhancer.analyse(photo);
          for (const light of levels) {
            const { picture } = await scene.relight({ light });
            const ratio = meanLuminance(picture) / meanLuminance(photo.picture);
            expect(Math.abs(ratio / light - 1), `${light} x`).toBeLessThan(0.05);
          }
        }
      });
    },
    120_000,
  );

  test.each(names)(
    "%s: light 1 without denoising is the photo, and levels next to it are near it",
    async (method) => {
      await withEnhancer(method, async (enhancer) => {
        const restoring = (["denoise", "denoiseColour"] as const).filter((name) =>
          enhancer.facts.strengths.includes(name),
        );
        const untouched = Object.fromEntries(restoring.map((name) => [name, 0]));
        const [photo] = photos.filter(canTakeIt);
        if (!photo) throw new Error("No photo can take it.");
        const scene = await enhancer.analyse(photo);
        const differencesAt = async (light: number) => {
          const { samples } = (await scene.relight({ light, ...untouched })).picture;
          return samples.map((sample, i) => Math.abs(sample - (photo.picture.samples[i] ?? 0)));
        };
        expect(Math.max(...(await differencesAt(1)))).toBeLessThan(1 / 255);
        for (const light of [0.98, 1.02]) {
          const differences = await differencesAt(light);
          expect(differences.reduce((sum, value) => sum + value, 0) / differences.length).toBeLessThan(1 / 255);
        }
      });
    },
    120_000,
  );

  test.each(names)("%s: the level told for auto is that of its result", async (method) => {
    await withEnhancer(method, async (enhancer) => {
      const [photo] = photos.filter(canTakeIt);
      if (!photo) throw new Error("No photo can take it.");
      const scene = await enhancer.analyse(photo);
      const ratio = meanLuminance((await scene.relight()).picture) / meanLuminance(photo.picture);
      expect(Math.abs(ratio / scene.autoLight - 1)).toBeLessThan(0.05);
    });
  });
});
