import { expect, test } from "vitest";
import { formatSigned } from "./number-words.ts";

test("a difference shows its sign, and none where it rounds to zero", () => {
  expect([1.26, -1.26, -0.04, 0].map((value) => formatSigned(value, 1))).toEqual(["+1.3", "−1.3", "0.0", "0.0"]);
});
