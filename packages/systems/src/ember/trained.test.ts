import { fileURLToPath } from "node:url";
import { createRandom, type Photo } from "@kindling/core";
import { openEnhancer } from "@kindling/node";
import { describe, expect, it } from "vitest";
import { largestDifference } from "../../../../test/support/run-graph.ts";

// Shipped models are part of the repository: a test that does not find them fails.
const models = fileURLToPath(new URL("../../../../models", import.meta.url));

const sidePx = 448;

/** A grey photo, square. */
function grey(value: (x: number, y: number) => number, side = sidePx): Photo {
  const samples = Float32Array.from({ length: 3 * side ** 2 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return value(pixel % side, Math.floor(pixel / side));
  });
  const picture = { width: side, height: side, channels: 3 as const, samples };
  return { picture, metadata: {}, format: "png", depth: 16, lossless: true, notes: [] };
}

async function lit(photo: Photo, light: number, denoise = 1, fast = 0): Promise<Float32Array> {
  const enhancer = await openEnhancer({ method: "ember", device: "cpu", models, settings: { fast } });
  const scene = await enhancer.analyse(photo);
  const { picture } = await scene.relight({ light, denoise });
  await enhancer.close();
  return picture.samples;
}

/** The green samples of a rectangle. */
function part(
  samples: Float32Array,
  [left, right]: [number, number],
  [top, bottom]: [number, number],
  side = sidePx,
): number[] {
  const rows = Array.from({ length: bottom - top }, (_, y) => top + y);
  return rows.flatMap((y) =>
    Array.from({ length: right - left }, (_, x) => samples[3 * (y * side + left + x) + 1] ?? Number.NaN),
  );
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const spread = (values: readonly number[]) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
/** The greatest distance from a value. */
const farthest = (values: readonly number[], from: number) =>
  values.reduce((most, value) => Math.max(most, Math.abs(value - from)), 0);
const inside: [number, number] = [200, 248];

describe("Ember as it is shipped", () => {
  it.each([0.02, 0.08, 0.2])("keeps a flat grey of %f flat far from borders, and nearly so at them", async (level) => {
    const samples = await lit(
      grey(() => level),
      2,
    );
    const middle = part(samples, inside, inside);
    expect(farthest(middle, mean(middle))).toBeLessThan(5e-4);
    expect(farthest(part(samples, [0, sidePx], [0, sidePx]), mean(middle))).toBeLessThan(0.03);
  });

  it("draws no halo along an edge", async () => {
    const samples = await lit(
      grey((x) => (x < sidePx / 2 ? 0.04 : 0.16)),
      2.5,
    );
    const row = part(samples, [0, sidePx], [224, 225]);
    const [dark, bright] = [row.slice(60, 218), row.slice(230, 388)];
    const [darkest, brightest] = [mean(row.slice(60, 120)), mean(row.slice(328, 388))];
    expect(farthest(dark, darkest)).toBeLessThan(0.08);
    expect(farthest(bright, brightest)).toBeLessThan(0.08);
  });

  it("takes most of the noise off a flat dark photo", async () => {
    const random = createRandom(2, "noise");
    const noisy = Float32Array.from({ length: sidePx ** 2 }, () => 0.05 + 0.02 * (random() + random() - 1));
    const photo = grey((x, y) => noisy[y * sidePx + x] ?? 0);
    const [left, taken] = [await lit(photo, 3, 0), await lit(photo, 3, 1)].map((samples) =>
      spread(part(samples, inside, inside)),
    );
    expect(taken).toBeLessThan(0.5 * (left ?? 0));
  });

  it("asked to be fast, takes more of noise that is two pixels wide off a large photo, at the same light", async () => {
    const side = 2000;
    const random = createRandom(5, "noise");
    const noisy = Float32Array.from({ length: (side / 2) ** 2 }, () => 0.05 + 0.03 * (random() + random() - 1));
    const photo = grey((x, y) => noisy[Math.floor(y / 2) * (side / 2) + Math.floor(x / 2)] ?? 0, side);
    const [exact, reduced] = [await lit(photo, 3), await lit(photo, 3, 1, 1)].map((samples) =>
      part(samples, inside, inside, side),
    );
    expect(spread(reduced ?? [])).toBeLessThan(0.8 * spread(exact ?? []));
    expect(mean(reduced ?? []) / mean(exact ?? [])).toBeCloseTo(1, 1);
  });

  it("asked to be fast, gives a small photo the same result", async () => {
    const random = createRandom(5, "noise");
    const photo = grey(() => 0.05 + 0.03 * (random() + random() - 1));
    expect(largestDifference(await lit(photo, 3, 1, 1), await lit(photo, 3))).toBe(0);
  });
});
