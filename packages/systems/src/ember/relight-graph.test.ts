import { encodeOnnx } from "@kindling/nets";
import { openSession } from "@kindling/node";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findNetwork } from "../systems.ts";

const relight = findNetwork("ember/relight").build();
let session: Awaited<ReturnType<typeof openSession>>;
beforeAll(async () => {
  session = await openSession(encodeOnnx(relight, new Map()), { device: "cpu", threads: 1 });
});
afterAll(() => session.dispose());

/** One pixel of a grey reflectance at several light levels. */
async function atLevels(
  { reflectance, illumination, response }: { reflectance: number; illumination: number; response: number },
  levels: readonly number[],
): Promise<number[]> {
  const width = levels.length;
  const row = (channels: number, value: number) => ({
    shape: [1, channels, 1, width],
    values: new Float32Array(channels * width).fill(value),
  });
  const { enhanced } = await session.run({
    reflectance: row(3, reflectance),
    illumination: row(1, illumination),
    response: row(1, response),
    ratio: { shape: [1, 1, 1, width], values: Float32Array.from(levels) },
  });
  return [...enhanced!.values.subarray(0, width)];
}

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const pixels = fc.record({
  reflectance: between(0, 1),
  illumination: between(0.06, 1),
  response: between(0, 6),
});

describe("relighting by Ember", () => {
  it("leaves the restored picture, (R L)^2, as it is at level 1", async () => {
    await fc.assert(
      fc.asyncProperty(pixels, async (pixel) => {
        const [same] = await atLevels(pixel, [1]);
        expect(same).toBeCloseTo((pixel.reflectance * pixel.illumination) ** 2, 5);
      }),
    );
  });

  it("never gets darker as the level rises, and stays between 0 and 1", async () => {
    const levels = Array.from({ length: 25 }, (_, i) => 0.3 * (5 / 0.3) ** (i / 24));
    await fc.assert(
      fc.asyncProperty(pixels, async (pixel) => {
        const lit = await atLevels(pixel, levels);
        for (const [i, value] of lit.entries()) {
          expect(value).toBeGreaterThanOrEqual((lit[i - 1] ?? 0) - 1e-6);
          expect(value).toBeLessThanOrEqual(1 + 1e-6);
        }
      }),
    );
  });

  it("lights each pixel by its own level, worked by hand", async () => {
    // k = 2^1 = 2: L' = 2 * 0.25 / 1.25 = 0.4. k = 0.5^1: L' = 0.125 / 0.875 = 1/7.
    const [brighter, darker] = await atLevels({ reflectance: 0.5, illumination: 0.25, response: 1 }, [2, 0.5]);
    expect(brighter).toBeCloseTo((0.5 * 0.4) ** 2, 6);
    expect(darker).toBeCloseTo((0.5 / 7) ** 2, 6);
  });
});
