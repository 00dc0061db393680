import { expect, test } from "vitest";
import type { Photo } from "../image/photo.ts";
import { openEnhancer } from "./enhancer.ts";
import { meanIllumination } from "./exposure.ts";

function darkPhoto(): Photo {
  const samples = Float32Array.from({ length: 40 * 30 * 3 }, (_, i) => (((i * 7919) % 97) / 97) * 0.2);
  return {
    picture: { width: 40, height: 30, channels: 3, samples },
    metadata: { xmp: Uint8Array.of(1, 2, 3) },
    format: "jpeg",
    depth: 8,
    lossless: false,
    notes: ["kept"],
  };
}

test("analysing brightens a dark photo, keeps what comes with it and does not change the photo given", async () => {
  const photo = darkPhoto();
  const before = photo.picture.samples.slice();
  const lit = await (await (await openEnhancer({ method: "lime" })).analyse(photo)).relight();
  expect(meanIllumination(lit.picture)).toBeGreaterThan(1.5 * meanIllumination(photo.picture));
  expect(photo.picture.samples).toEqual(before);
  expect(lit).toMatchObject({ metadata: photo.metadata, format: "jpeg", depth: 8, notes: ["kept"] });
});

test.each([0.5, 1, 2, 3])("a light of %f gives that many times the photo's illumination", async (light) => {
  const photo = darkPhoto();
  const scene = await (await openEnhancer({ method: "gamma" })).analyse(photo);
  const lit = await scene.relight({ light });
  expect(meanIllumination(lit.picture) / meanIllumination(photo.picture)).toBeCloseTo(light, 2);
});

test("the depth asked for decides the precision the method works at", async () => {
  const scene = await (await openEnhancer({ method: "he" })).analyse(darkPhoto(), { depth: 16 });
  const lit = await scene.relight();
  expect(lit.depth).toBe(16);
  const onEightBitSteps = lit.picture.samples.every(
    (sample) => Math.abs(sample * 255 - Math.round(sample * 255)) < 1e-3,
  );
  expect(onEightBitSteps).toBe(false);
});

test("an unknown method, a setting it does not have and a light out of range are refused before any work", async () => {
  await expect(openEnhancer({ method: "magic" })).rejects.toMatchObject({ code: "invalid-option" });
  await expect(openEnhancer({ method: "gamma", settings: { shine: 1 } })).rejects.toThrow(/shine/);
  await expect(openEnhancer({ method: "gamma", settings: { gamma: -1 } })).rejects.toThrow(/gamma.*from 0 to/);
  const scene = await (await openEnhancer({ method: "lime" })).analyse(darkPhoto());
  await expect(scene.relight({ light: 5.1 })).rejects.toThrow("light: expected auto or a ratio from 0 to 5; got 5.1.");
  await expect(scene.relight({ light: Number.NaN })).rejects.toMatchObject({ code: "invalid-option" });
});

test("a raised signal cancels the analysis and the relighting", async () => {
  const enhancer = await openEnhancer({ method: "lime" });
  await expect(enhancer.analyse(darkPhoto(), { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: "cancelled",
  });
  const scene = await enhancer.analyse(darkPhoto());
  await expect(scene.relight({ light: 2, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "cancelled" });
});
