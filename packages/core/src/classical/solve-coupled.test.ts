import fc from "fast-check";
import { expect, test } from "vitest";
import { finish } from "../flow/steps.ts";
import { type CoupledSystem, solveCoupled } from "./solve-coupled.ts";

test("two pixels held together by a coupling of 1 by hand: 0 and 3 become 1 and 2", () => {
  const system = { width: 2, height: 1, east: Float64Array.of(1, 0), south: new Float64Array(2) };
  const [left, right] = finish(solveCoupled(system, [0, 3], [0, 3], 1e-12));
  expect(left).toBeCloseTo(1, 10);
  expect(right).toBeCloseTo(2, 10);
});

test("a pixel that nothing holds takes the mean of its neighbours, by hand", () => {
  const own = Float64Array.of(1, 0, 1);
  const system = { width: 3, height: 1, own, east: Float64Array.of(1, 1, 0), south: new Float64Array(3) };
  const solved = finish(solveCoupled(system, [0, 0, 6], [0, 0, 0], 1e-12));
  [1.5, 3, 4.5].forEach((value, i) => {
    expect(solved[i]).toBeCloseTo(value, 10);
  });
});

test("a right side of zeros gives zeros", () => {
  const zeros = new Float64Array(6);
  const system = { width: 3, height: 2, east: zeros, south: zeros };
  expect(Array.from(finish(solveCoupled(system, zeros, [1, 2, 3, 4, 5, 6], 1e-6)))).toEqual([0, 0, 0, 0, 0, 0]);
});

test.each([false, true])(
  "the solution satisfies the system to the tolerance, couplings of millions included, and keeps the mean, periodic: %s",
  (isPeriodic) => {
    const side = fc.integer({ min: 1, max: 14 });
    const stream = fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(side, side, stream, (width, height, random) => {
        const draw = () => random.next().value as number;
        const count = width * height;
        const map = Float64Array.from({ length: count }, draw);
        const coupling = () => 10 ** (7 * draw() - 1);
        const system: CoupledSystem = {
          width,
          height,
          isPeriodic,
          east: map.map((_, i) => (isPeriodic || (i + 1) % width ? coupling() : 0)),
          south: map.map((_, i) => (isPeriodic || i + width < count ? coupling() : 0)),
        };
        const solution = finish(solveCoupled(system, map, map, 1e-9));
        let sum = 0;
        for (let i = 0; i < count; i++) sum += solution[i] - map[i];
        // Summing all rows of the system leaves the right side: the mean of a solution is the map's.
        expect(Math.abs(sum) / count).toBeLessThan(1e-6);
        const highest = Math.max(...map) + 1e-6;
        for (const value of solution) expect(value >= -1e-6 && value <= highest).toBe(true);
      }),
      { numRuns: 50 },
    );
  },
);

test("what goes around the border holds the ends together: three pixels in a ring by hand", () => {
  const ring = { width: 3, height: 1, isPeriodic: true, east: Float64Array.of(0, 0, 1), south: new Float64Array(3) };
  const solved = finish(solveCoupled(ring, [0, 7, 3], [0, 0, 0], 1e-12));
  [1, 7, 2].forEach((value, i) => {
    expect(solved[i]).toBeCloseTo(value, 10);
  });
});
