import { createRandom } from "@kindling/core/internal";
import { createPicture, meanLuminance, openEnhancer, type Photo, type Picture } from "@kindling/node";
import { expect, test } from "vitest";

/** A dark even wall, with noise that grows when it is lit. */
function noisyWall(): Photo {
  const random = createRandom(3, "noise");
  const picture = createPicture(64, 64, 3);
  for (let i = 0; i < picture.samples.length; i++) picture.samples[i] = 0.1 + 0.08 * (random() - 0.5);
  return { picture, metadata: {}, format: "png", depth: 16, lossless: true, notes: [] };
}

test("RetinexNet's denoising removes noise of the reflectance and keeps its light", async () => {
  const enhancer = await openEnhancer({ method: "retinex-net", device: "cpu", threads: 1 });
  try {
    const scene = await enhancer.analyse(noisyWall());
    const [noisy, half, clean] = [
      (await scene.relight()).picture,
      (await scene.relight({ denoise: 0.5 })).picture,
      (await scene.relight({ denoise: 1 })).picture,
    ];
    // Most of the noise is in the illumination, which is left as it is.
    expect(noiseOf(half)).toBeLessThan(0.99 * noiseOf(noisy));
    expect(noiseOf(clean)).toBeLessThan(0.99 * noiseOf(half));
    for (const picture of [half, clean]) {
      expect(meanLuminance(picture) / meanLuminance(noisy)).toBeCloseTo(1, 2);
    }
    // The noise is found once; a level after it is that of the noisy photo again.
    expect((await scene.relight({ denoise: 0 })).picture).toEqual(noisy);
  } finally {
    await enhancer.close();
  }
});

test("RetinexNet splits a photo into layers whose product is the photo", async () => {
  const enhancer = await openEnhancer({ method: "retinex-net", device: "cpu", threads: 1 });
  try {
    const photo = noisyWall();
    const { reflectance, illumination } = (await enhancer.analyse(photo)).maps();
    const rebuilt = reflectance.samples.map((value, i) => value * (illumination.samples[Math.floor(i / 3)] ?? 0));
    const error = rebuilt.reduce((sum, value, i) => sum + Math.abs(value - (photo.picture.samples[i] ?? 0)), 0);
    expect(error / rebuilt.length).toBeLessThan(0.05);
  } finally {
    await enhancer.close();
  }
});

/** Root mean square of the difference of neighbours: colours and the network's border do not count. */
function noiseOf({ samples, channels }: Picture): number {
  const pairs = samples.length - channels;
  const sum = samples.reduce(
    (total, value, i) => total + (i < pairs ? (value - (samples[i + channels] ?? 0)) ** 2 : 0),
    0,
  );
  return Math.sqrt(sum / pairs);
}
