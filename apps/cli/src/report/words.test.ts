import { expect, test } from "vitest";
import { timeWords } from "./words.ts";

test("a time to wait is said in the two units that matter", () => {
  expect([0.2, 59.4, 59.6, 200, 3599, 7500].map(timeWords)).toEqual([
    "0 s",
    "59 s",
    "1 min 0 s",
    "3 min 20 s",
    "59 min 59 s",
    "2 h 5 min",
  ]);
});
