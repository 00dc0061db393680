import { expect, test } from "vitest";
import { measureHalo } from "../scripts/experiments/measure-halo.ts";

/** Two even areas of 40 pixels, with what a method adds to each, from the edge outwards. */
function profileOf(left: readonly number[], right: readonly number[]): number[] {
  const side = (level: number, added: readonly number[]) =>
    Array.from({ length: 40 }, (_, i) => level + (added[i] ?? 0));
  return [...side(0.2, left).reverse(), ...side(0.6, right)];
}

test("an edge between even areas has no halo, whatever is on the edge itself", () => {
  const none = { height: 0, reachPx: 0 };
  const halos = measureHalo(profileOf([0.3, 0.2], [-0.1]), 40);
  for (const halo of halos) {
    expect(halo.height).toBeCloseTo(none.height, 12);
  }
});

test("a halo has its greatest height with its sign, and reaches to where a tenth of it is left", () => {
  const [dark, bright] = measureHalo(profileOf([0, 0, -0.05, -0.04, -0.02, -0.004], [0, 0.2, 0.1, 0.08, 0.005]), 40);
  expect(dark.height).toBeCloseTo(-0.05, 12);
  expect(dark.reachPx).toBe(5);
  expect(bright.height).toBeCloseTo(0.1, 12);
  expect(bright.reachPx).toBe(4);
});
