import { expect, test } from "vitest";
import { isLightKept } from "./light-kept.ts";

/** The histogram of a picture of these grey levels. */
function view(...levels: number[]) {
  const histogram = new Uint32Array(3 * 256);
  for (const level of levels)
    for (const colour of [0, 1, 2]) histogram.fill(1, 256 * colour + level, 256 * colour + level + 1);
  return { histogram };
}

const [auto, kept] = [{ light: "auto" as const }, { autoLight: 1.1, hasOwnLight: true }];

test("says where automatic light left a photo nearly as it was, but not of a photo of black and white alone", () => {
  expect(isLightKept(auto, kept, view(0, 128, 255))).toBe(true);
  expect([view(0), view(255), view(0, 255)].map((seen) => isLightKept(auto, kept, seen))).toEqual([
    false,
    false,
    false,
  ]);
  expect([view(1), view(254)].map((seen) => isLightKept(auto, kept, seen))).toEqual([true, true]);
});

test("light that somebody chose, or that the method does not choose, is not told", () => {
  expect(isLightKept({ light: 1 }, kept, view(128))).toBe(false);
  expect(isLightKept(auto, { ...kept, hasOwnLight: false }, view(128))).toBe(false);
  expect(isLightKept(auto, { ...kept, autoLight: 2 }, view(128))).toBe(false);
});
