import { createRandom } from "@kindling/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { drawFrame, frameUnits } from "./draw-frame.ts";

test("a frame holds its crop, and at least half of each side of the photo", () => {
  const sides = fc.integer({ min: 16, max: 900 });
  fc.assert(
    fc.property(sides, sides, fc.nat(), fc.nat(), fc.integer(), (width, height, x, y, seed) => {
      const cropPx = 16;
      const [left, top] = [x % (width - cropPx + 1), y % (height - cropPx + 1)];
      const frame = drawFrame({ width, height }, { left, top }, cropPx, createRandom(seed, "frame"));
      if (frame === undefined) return;
      for (const [start, length, crop, side] of [
        [frame.left, frame.width, left, width],
        [frame.top, frame.height, top, height],
      ] as const) {
        expect(Number.isInteger(start) && Number.isInteger(length)).toBe(true);
        expect(length).toBeGreaterThanOrEqual(frameUnits / 2);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(start + length).toBeLessThanOrEqual(frameUnits);
        expect((start * side) / frameUnits).toBeLessThanOrEqual(crop + 1e-9);
        expect(((start + length) * side) / frameUnits).toBeGreaterThanOrEqual(crop + cropPx - 1e-9);
      }
    }),
  );
});

test("half of the frames are the whole photo, the others of every size", () => {
  const draws = Array.from({ length: 2000 }, (_, i) =>
    drawFrame({ width: 640, height: 480 }, { left: 300, top: 200 }, 16, createRandom(i, "frame")),
  );
  const parts = draws.flatMap((frame) => (frame === undefined ? [] : [frame]));
  // Five standard errors of a share of one half.
  expect(Math.abs(parts.length / draws.length - 0.5)).toBeLessThan(0.056);
  expect(new Set(parts.map(({ width }) => width))).toEqual(new Set(Array.from({ length: 17 }, (_, i) => 16 + i)));
  expect(new Set(parts.map(({ left }) => left)).size).toBeGreaterThan(12);
});
