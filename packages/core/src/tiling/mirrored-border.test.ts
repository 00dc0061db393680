import fc from "fast-check";
import { expect, test } from "vitest";
import { createPlane, type Plane } from "../image/picture.ts";
import type { ModelSession } from "../runtime/runtime.ts";
import { withMirroredBorder } from "./mirrored-border.ts";
import { planTiles } from "./plan-tiles.ts";
import { runTiles } from "./run-tiles.ts";
import { planesSink, planesSource } from "./tile-ports.ts";

/** A network that answers with the mean of the pixels at a distance of `reach` to the left and the right. */
function sideways(reach: number): ModelSession {
  return {
    run: async ({ image: { shape, values } }) => {
      const width = shape[3];
      const at = (i: number, x: number) => (x < 0 || x >= width ? 0 : values[i - (i % width) + x]);
      const made = values.map((_, i) => (at(i, (i % width) - reach) + at(i, (i % width) + reach)) / 2);
      return { enhanced: { shape, values: made } };
    },
    dispose: async () => undefined,
  } as Pick<ModelSession, "run" | "dispose"> as ModelSession;
}

async function runWithBorder(plane: Plane, reach: number, maxMemoryBytes = 1e9): Promise<number[]> {
  const made = createPlane(plane.width, plane.height);
  const border = { left: 4, top: 2, right: 3, bottom: 1 };
  const ports = { inputs: { image: planesSource([plane]) }, outputs: { enhanced: planesSink([made]) } };
  const { size, flow } = withMirroredBorder(plane, border, ports);
  expect(size).toEqual({ width: plane.width + 7, height: plane.height + 3 });
  const tiling = { haloPx: reach, alignmentPx: 1 };
  await runTiles(
    sideways(reach),
    planTiles(size.width, size.height, tiling, { bytesPerPixel: 1, maxMemoryBytes }),
    flow,
  );
  return [...made.values];
}

test("beyond its edges a network sees the picture's mirror image, and not zeros; worked by hand", async () => {
  const plane = { width: 4, height: 2, values: Float32Array.of(1, 2, 4, 8, 0, 0, 0, 6) };
  expect(await runWithBorder(plane, 2)).toEqual([4, 5, 2.5, 2, 0, 3, 0, 0]);
});

test("a picture smaller than its border is mirrored again and again", async () => {
  expect(await runWithBorder({ width: 1, height: 1, values: Float32Array.of(5) }, 3)).toEqual([5]);
});

test("in tiles the result is that of the whole", async () => {
  const side = fc.integer({ min: 20, max: 40 });
  await fc.assert(
    fc.asyncProperty(
      side,
      side,
      fc.array(fc.nat(255), { minLength: 7, maxLength: 31 }),
      async (width, height, noise) => {
        const values = Float32Array.from({ length: width * height }, (_, i) => noise[i % noise.length]);
        const plane = { width, height, values };
        expect(await runWithBorder(plane, 3, 300)).toEqual(await runWithBorder(plane, 3));
      },
    ),
    { numRuns: 20 },
  );
});
