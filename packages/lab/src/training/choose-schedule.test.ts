import { expect, test } from "vitest";
import { chooseSchedule } from "./choose-schedule.ts";

const stage = { schedule: (rate: number) => (step: number) => rate - step };
const settings = { rate: 100, steps: 10, warmUp: 0 };
const at = (steps: readonly number[], ...chosen: Parameters<typeof chooseSchedule>) =>
  steps.map(chooseSchedule(...chosen));

test("a stage keeps its own schedule unless the options name another", () => {
  expect(at([0, 3], stage, "own", settings)).toEqual([100, 97]);
  expect(at([0, 3], stage, "constant", settings)).toEqual([100, 100]);
  expect(at([0, 5, 10], stage, "cosine", settings)).toEqual([100, expect.closeTo(50, 9), 0]);
});

test("any schedule can rise first", () => {
  expect(at([0, 1, 2, 3], stage, "constant", { ...settings, warmUp: 0.4 })).toEqual([25, 50, 75, 100]);
  expect(at([0, 9], stage, "own", { ...settings, warmUp: 0.4 })).toEqual([25, 91]);
});

test("a one-cycle rate is highest after the rise, which takes 0.3 of the steps by default", () => {
  const highest = (warmUp: number) => {
    const rates = at([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], stage, "one-cycle", { ...settings, warmUp });
    return rates.indexOf(Math.max(...rates));
  };
  expect([highest(0), highest(0.5)]).toEqual([3, 5]);
});
