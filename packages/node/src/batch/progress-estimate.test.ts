import { expect, test } from "vitest";
import { ProgressEstimate } from "./progress-estimate.ts";

/** An estimate by a clock that the test sets, in seconds. */
function estimateAt(): { estimate: ProgressEstimate<string>; at: (seconds: number) => void } {
  let now = 0;
  const at = (seconds: number) => {
    now = 1000 * seconds;
  };
  return { estimate: new ProgressEstimate<string>(() => now), at };
}

test("moves while a photo reports nothing, and ends only with the photo", () => {
  const { estimate, at } = estimateAt();
  estimate.begin("a", 12e6);
  const shares = [0, 1, 2, 5, 10, 20, 40, 80, 300].map((seconds) => {
    at(seconds);
    return estimate.sum();
  });
  expect(new Set(shares).size).toBe(9);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.every((share) => share < 1)).toBe(true);
  expect(shares[3]).toBeLessThan(0.5);
  // The time left, as a bar shows it, does not come down to nothing before the photo is done.
  const share = shares.at(-1) ?? 0;
  expect((300 * (1 - share)) / share).toBeGreaterThan(4);
  estimate.end("a", true);
  expect(estimate.sum()).toBe(0);
});

test("never stays behind what the work reports, nor falls back", () => {
  const { estimate, at } = estimateAt();
  estimate.begin("a", 12e6);
  at(1);
  estimate.report("a", 0.6);
  estimate.report("a", 0.1);
  expect(estimate.sum()).toBe(0.6);
});

test("learns from finished photos how long others take", () => {
  const { estimate, at } = estimateAt();
  estimate.begin("slow", 10e6);
  at(100);
  estimate.end("slow", true);
  estimate.begin("next", 5e6);
  at(125);
  expect(estimate.sum()).toBeCloseTo(0.4);
  estimate.begin("failed", 1e6);
  at(126);
  estimate.end("failed", false);
  expect(estimate.sum()).toBeCloseTo(0.416);
});
