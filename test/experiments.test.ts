import { expect, test } from "vitest";
import { bestOfColumns, drawnLines, leastOfRows, ranking } from "../scripts/experiments/findings.ts";
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

const table = {
  head: ["way", "PSNR, dB", "at night"],
  rows: [
    ["alpha", "21.12", "0.0"],
    ["gamma", "5.14", "0.0"],
    ["none", "", "0.0"],
  ],
};

test("a finding ranks rows by their figures as numbers, and leaves out those without one", () => {
  expect(ranking(table, 1, "higher")).toBe("**Found**: by PSNR, dB, the best first: alpha (21.12), gamma (5.14).");
  expect(ranking(table, 1, "lower")).toContain("gamma (5.14), alpha (21.12)");
});

test("a finding ranks the columns of each row", () => {
  const errors = { head: ["direction", "gamma", "factor"], rows: [["darken", "0.2", "0.1"]] };
  expect(leastOfRows(errors)).toBe("**Found**, the least error first: darken: factor (0.1), gamma (0.2).");
});

test("a finding names the best of each column, or that all are alike", () => {
  expect(bestOfColumns(table)).toBe("**Found**, the best: at PSNR, dB alpha (21.12); at at night all alike (0.0).");
});

test("a plot that leaves rows out says which it has", () => {
  const line = (name: string) => ({ name, points: [] });
  expect(drawnLines({ ...table, lines: [line("gamma")] })).toBe("The plot has 1 of the 3 rows: gamma.");
  expect(drawnLines({ ...table, lines: ["alpha", "gamma", "none"].map(line) })).toBeUndefined();
  expect(drawnLines({ ...table, lines: [line("darken: gamma")] })).toBeUndefined();
});
