import { type LitFrame, meanLuminance, openEnhancer, type Picture } from "@kindling/core";
import { expect, test } from "vitest";
import { drawTexture, textureOf, withNoise, withSquare } from "../support/noisy-clip.ts";

const [width, height] = [96, 64];
const still = drawTexture(textureOf(3), width, height);
/** A bright square crosses a still scene, which changes what a method does to all of it. */
const frames = Array.from({ length: 14 }, (_, i) => withNoise(withSquare(still, 12 * i - 40, 34), 0.01, i));
/** Rows that the square never touches. */
const background = ({ samples, ...picture }: Picture) =>
  meanLuminance({ ...picture, height: 28, samples: samples.subarray(0, 28 * width * 3) });

async function light(
  given: readonly Picture[],
  options: Parameters<Awaited<ReturnType<typeof openEnhancer>>["video"]>[1] = {},
): Promise<LitFrame[]> {
  const enhancer = await openEnhancer({ method: "he" });
  const lit: LitFrame[] = [];
  for await (const frame of enhancer.video(
    given.map((picture, i) => ({ picture, seconds: i / 25 })),
    options,
  )) {
    lit.push(frame);
  }
  await enhancer.close();
  return lit;
}

function relativeDeviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) / mean;
}

test("the light of a still background is held while something bright passes", async () => {
  const enhancer = await openEnhancer({ method: "he" });
  const alone = await Promise.all(
    frames.map(async (picture) => {
      const photo = { picture, metadata: {}, format: "png" as const, depth: 8 as const, lossless: true, notes: [] };
      return (await (await enhancer.analyse(photo)).relight()).picture;
    }),
  );
  const lit = await light(frames);
  expect(lit.map(({ seconds }) => seconds)).toEqual(frames.map((_, i) => i / 25));
  expect(new Set(lit.map(({ shot }) => shot))).toEqual(new Set([0]));
  const flicker = relativeDeviation(lit.map(({ picture }) => background(picture)));
  const flickerAlone = relativeDeviation(alone.map(background));
  expect(flickerAlone).toBeGreaterThan(0.05);
  expect(flicker).toBeLessThan(0.35 * flickerAlone);
  // Held, not lost: the light is still that of the method.
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const quotient = mean(lit.map(({ picture }) => background(picture))) / mean(alone.map(background));
  expect(quotient).toBeGreaterThan(0.9);
  expect(quotient).toBeLessThan(1.1);
});

test("a level is that of every frame, and frames come one by one without looking ahead", async () => {
  const stills = Array.from({ length: 5 }, (_, i) => withNoise(still, 0.01, i));
  const lit = await light(stills, { light: 2, lookaheadFrames: 0, denoiseOverTime: 0 });
  for (const [i, { picture, light: level }] of lit.entries()) {
    expect(level).toBe(2);
    expect(meanLuminance(picture) / meanLuminance(stills[i])).toBeCloseTo(2, 1);
  }
});

test("a frame of another size, a wrong option and a raised signal end it by name", async () => {
  const wide = drawTexture(textureOf(3), 100, height);
  await expect(light([frames[0], wide])).rejects.toThrow(/100x64 pixels of 3 channels, the first one 96x64/);
  await expect(light(frames, { lookaheadFrames: 500 })).rejects.toThrow(/lookaheadFrames: expected a whole number/);
  await expect(light(frames, { light: 900 })).rejects.toThrow(/light: expected auto or a number/);
  await expect(light(frames, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "cancelled" });
});

test("a time that is no number is refused: it would have made every sample of the frames around it none", async () => {
  const enhancer = await openEnhancer({ method: "he" });
  const untimed = enhancer.video(frames.slice(0, 2).map((picture) => ({ picture, seconds: Number.NaN })));
  await expect(untimed[Symbol.asyncIterator]().next()).rejects.toMatchObject({
    code: "invalid-option",
    message: "seconds: expected a number, or none; got NaN.",
  });
});
