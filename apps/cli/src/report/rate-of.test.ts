import { expect, test } from "vitest";
import { rateOf } from "./rate-of.ts";

test.each([
  ["at the start of one photo", 0.05, 1, 1, undefined],
  ["a fifth of one photo", 0.2, 1, 2, 0.1],
  ["at the start of many photos", 0.5, 200, 1, undefined],
  ["one of many photos", 1, 200, 0.5, 2],
  ["a long photo or video after ten seconds", 0.05, 1, 10, 0.005],
  ["nothing done, however long it takes", 0, 1, 60, undefined],
])("%s", (_, photos, total, seconds, expected) => {
  expect(rateOf(photos, total, seconds)).toBe(expected);
});
