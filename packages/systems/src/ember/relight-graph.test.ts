import { decodeSrgb } from "@kindling/core";
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

type Colour = readonly [red: number, green: number, blue: number];

/** One pixel, given as square roots, at several gains: the red, green and blue values of each. */
async function atGains(restored: Colour, gains: readonly number[]): Promise<Colour[]> {
  const width = gains.length;
  const { enhanced } = await session.run({
    restored: { shape: [1, 3, 1, width], values: Float32Array.from(restored.flatMap((root) => gains.map(() => root))) },
    gain: { shape: [1, 1, 1, width], values: Float32Array.from(gains) },
  });
  return gains.map((_, x) => [0, 1, 2].map((c) => enhanced!.values[c * width + x]) as unknown as Colour);
}

const root = fc.double({ min: 0, max: 1, noNaN: true });
const pixels = fc.tuple(root, root, root);

describe("relighting by Ember", () => {
  it("leaves the restored picture as it is where the gain is 0", async () => {
    await fc.assert(
      fc.asyncProperty(pixels, async (restored) => {
        const [same] = await atGains(restored, [0]);
        for (const [c, value] of same.entries()) expect(value).toBeCloseTo(restored[c] ** 2, 5);
      }),
    );
  });

  it("never gets darker as the gain rises, stays between 0 and 1, and keeps the ratios of the channels in linear light", async () => {
    const gains = Array.from({ length: 25 }, (_, i) => -2 + i / 3);
    await fc.assert(
      fc.asyncProperty(pixels, async (restored) => {
        const lit = await atGains(restored, gains);
        for (const [i, pixel] of lit.entries()) {
          for (const [c, value] of pixel.entries()) {
            expect(value).toBeGreaterThanOrEqual((lit[i - 1]?.[c] ?? 0) - 1e-6);
            expect(value).toBeLessThanOrEqual(1 + 1e-6);
          }
          const before = restored.map((root) => decodeSrgb(root ** 2));
          expect(decodeSrgb(pixel[0]) * before[1]).toBeCloseTo(decodeSrgb(pixel[1]) * before[0], 5);
        }
      }),
    );
  });

  it("lights a pixel by its greatest channel, worked by hand", async () => {
    // k = e^ln 3 = 3: the root 0.5 becomes 3 * 0.5 / (2 * 0.5 + 1) = 0.75. In linear light its value goes from 0.05088 to 0.27656,
    // 5.436 times as much, and that of the root 0.2 from 0.003096 to 0.01683, encoded 0.13735.
    const [lit] = await atGains([0.5, 0.2, 0], [Math.log(3)]);
    for (const [c, expected] of [0.5625, 0.13735, 0].entries()) expect(lit[c]).toBeCloseTo(expected, 5);
  });
});
