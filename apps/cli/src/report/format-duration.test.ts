import { expect, test } from "vitest";
import { formatDuration } from "./format-duration.ts";

test("a duration is formatted in its two largest units", () => {
  expect([0.2, 59.4, 59.6, 200, 3599, 7500].map(formatDuration)).toEqual([
    "0 s",
    "59 s",
    "1 min 0 s",
    "3 min 20 s",
    "59 min 59 s",
    "2 h 5 min",
  ]);
});
