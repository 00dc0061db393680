import { createRandom } from "@kindling/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { drawFrame, frameAlong, frameCells, wholeFrame } from "./frame.ts";

const size = { width: 600, height: 400 };
const frames = (leastShare: number, count = 2000) => {
  const random = createRandom(1, "frames");
  return Array.from({ length: count }, () => drawFrame(size, leastShare, 128, random));
};

test("half of the frames are whole pictures, the others any share of each side from the least", () => {
  const drawn = frames(0.5);
  const parts = drawn.filter((frame) => frame !== wholeFrame);
  // Five standard errors of a half in 2,000 draws.
  expect(Math.abs(parts.length / drawn.length - 0.5)).toBeLessThan(0.056);
  const widths = new Set(parts.map(({ width }) => width));
  expect(widths).toEqual(new Set(Array.from({ length: frameCells / 2 + 1 }, (_, i) => frameCells / 2 + i)));
  expect(Math.max(...parts.map(({ left, width }) => left + width))).toBe(frameCells);
  expect(Math.max(...parts.map(({ top, height }) => top + height))).toBe(frameCells);
});

test("whole pictures alone cost no random number", () => {
  const random = () => expect.unreachable("No random number is needed.");
  expect(drawFrame(size, 1, 128, random)).toBe(wholeFrame);
});

test("a frame holds a crop at whole pixels, however small the picture", () => {
  const side = fc.integer({ min: 48, max: 700 });
  fc.assert(
    fc.property(
      side,
      side,
      fc.integer(),
      fc.double({ min: 0, max: 0.99, noNaN: true }),
      (width, height, seed, least) => {
        const random = createRandom(seed, "frame");
        const frame = drawFrame({ width, height }, least, 48, random);
        for (const [axis, px] of [
          ["x", width],
          ["y", height],
        ] as const) {
          const { start, length } = frameAlong(frame, axis, px);
          expect(Math.floor(start + length) - Math.ceil(start)).toBeGreaterThanOrEqual(48);
          expect(start).toBeGreaterThanOrEqual(0);
          expect(start + length).toBeLessThanOrEqual(px);
        }
      },
    ),
  );
});
