import { expect, test } from "vitest";
import { meanLuminance } from "../colour/mean-luminance.ts";
import type { Photo } from "../image/photo.ts";
import type { Picture } from "../image/picture.ts";
import { createRandom } from "../image/random.ts";
import { openEnhancer } from "./enhancer.ts";
import { factsOfMethod } from "./method-facts.ts";
import { pictureNetwork } from "./picture-network.ts";

/** A dark slope with noise. */
function noisyPhoto(): Photo {
  const random = createRandom(1, "noise");
  const samples = Float32Array.from({ length: 40 * 30 * 3 }, (_, i) => {
    return 0.1 + (Math.floor(i / 3) % 40) / 800 + 0.06 * (random() - 0.5);
  });
  const picture = { width: 40, height: 30, channels: 3, samples } as const;
  return { picture, metadata: {}, format: "png", depth: 8, lossless: false, notes: [] };
}

/** Mean size of the differences of neighbours. */
function roughness({ samples }: Picture): number {
  let sum = 0;
  for (let i = 3; i < samples.length; i++) sum += Math.abs(samples[i] - samples[i - 3]);
  return sum / samples.length;
}

async function analyse(method: string, settings = {}) {
  return (await openEnhancer({ method, settings })).analyse(noisyPhoto());
}

test("a method followed by bm3d gives its light without its noise, at every level", async () => {
  const [alone, followed] = [await analyse("lime"), await analyse("lime+bm3d")];
  expect(followed.autoLight).toBe(alone.autoLight);
  for (const light of ["auto", 1.5] as const) {
    const [noisy, clean] = [(await alone.relight({ light })).picture, (await followed.relight({ light })).picture];
    expect(roughness(clean)).toBeLessThan(0.5 * roughness(noisy));
    expect(meanLuminance(clean) / meanLuminance(noisy)).toBeCloseTo(1, 2);
    expect((await followed.relight({ light, denoise: 0 })).picture.samples).toEqual(noisy.samples);
  }
});

test("bm3d alone keeps the light, and takes off as much noise as wanted", async () => {
  const photo = noisyPhoto().picture;
  const scene = await analyse("bm3d");
  expect(scene.autoLight).toBe(1);
  const [clean, half] = [(await scene.relight()).picture, (await scene.relight({ light: 1, denoise: 0.5 })).picture];
  expect(roughness(clean)).toBeLessThan(0.5 * roughness(photo));
  expect(roughness(half)).toBeGreaterThan(roughness(clean));
  expect(meanLuminance(clean) / meanLuminance(photo)).toBeCloseTo(1, 2);
  expect((await scene.relight({ light: 1, denoise: 0 })).picture.samples).toEqual(photo.samples);
  const brighter = (await scene.relight({ light: 3 })).picture;
  expect(meanLuminance(brighter) / meanLuminance(photo)).toBeCloseTo(3, 1);
});

test("settings of what follows go by its name, and those of the method by their own", async () => {
  const facts = factsOfMethod("lime+bm3d", []);
  expect(Object.keys(facts.options)).toEqual(expect.arrayContaining(["gamma", "bm3d.sigma"]));
  expect(facts.strengths).toEqual(["denoise"]);
  const [weak, strong] = await Promise.all(
    [1, 60].map(async (sigma) => (await analyse("lime+bm3d", { gamma: 0.5, "bm3d.sigma": sigma })).relight()),
  );
  expect(roughness(strong.picture)).toBeLessThan(0.5 * roughness(weak.picture));
  await expect(openEnhancer({ method: "lime+bm3d", settings: { sigma: 3 } })).rejects.toThrow("no setting");
});

test("a network followed by a method that removes no noise is not told of variants", () => {
  const network = pictureNetwork("ember", 100);
  const message = /^ember\+lime: after a method one that removes noise can follow \(bm3d\); got lime\.$/;
  expect(() => factsOfMethod("ember+lime", [network])).toThrow(message);
  expect(() => factsOfMethod("ember+night", [network])).toThrow(/got night\. Variants of ember are graphs/);
});

test.each(["lime+clahe", "lime+bm3d+bm3d", "lime+"])("%s is refused, with what can follow", (name) => {
  expect(() => factsOfMethod(name, [])).toThrow(/removes noise can follow \(bm3d\)/);
});
