import { expect, test } from "vitest";
import { barOptions } from "./bar-options.ts";

test("a bar takes the room that its text leaves, and none where there is none", () => {
  const sizes = [120, 80, 60, 45, 40, 20].map((columns) => barOptions("{bar} {left} left", 38, columns).barsize);
  expect(sizes).toEqual([40, 40, 21, 6, 1, 0]);
  expect(barOptions("{bar} {left} left", 38, 60).format).toBe("{bar} {left} left");
  expect(barOptions("{bar} {left} left", 38, 20).format).toBe("{left} left");
});
