import { expect, test } from "vitest";
import { countersAt, countersEnd, mostSteps, runTogether } from "./run-units.ts";

test("a unit that fails in a thread counts as done, so that no other thread waits for it", () => {
  const words = new Int32Array(new SharedArrayBuffer(2 * countersEnd));
  const steps = { first: countersEnd, count: 1, bytes: 48 };
  words[steps.first / 4 + 1] = 2;
  const fail = () => {
    throw new Error("unreachable");
  };
  const done = countersAt / 4 + mostSteps;
  expect(() => runTogether(fail, words, steps, 0)).toThrow("unreachable");
  expect(words[done]).toBe(1);
  runTogether(() => undefined, words, steps, 0);
  expect(words[done]).toBe(2);
});
