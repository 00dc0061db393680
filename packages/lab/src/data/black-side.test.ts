import { createRandom } from "@kindling/core";
import { expect, test } from "vitest";
import { blacken, drawBlackSide } from "./black-side.ts";

test("one side becomes dark in all three channels, the other stays, and nothing before the offset is touched", () => {
  const values = new Float32Array(1 + 3 * 16).fill(1);
  blacken(values, 1, 4, { angle: 0, beginsAt: 0, left: 0.25 });
  const row = [1, 1, 0.25, 0.25];
  expect([...values]).toEqual([1, ...Array.from({ length: 12 }, () => row).flat()]);
});

test("light falls off along the direction that was drawn", () => {
  const values = new Float32Array(3 * 64 ** 2).fill(1);
  blacken(values, 0, 64, { angle: -Math.PI / 2, beginsAt: 0.5, left: 0 });
  const column = Array.from({ length: 64 }, (_, y) => values[64 * y]);
  expect(column[0]).toBe(0);
  expect(column[63]).toBe(1);
  expect(column.every((value, y) => y === 0 || value >= column[y - 1])).toBe(true);
  expect(column.filter((value) => value > 0 && value < 1).length).toBeGreaterThan(0);
});

test("a tenth to four fifths of a picture go black", () => {
  const random = createRandom(3, "black sides");
  const shares = Array.from({ length: 200 }, () => {
    const values = new Float32Array(3 * 32 ** 2).fill(1);
    blacken(values, 0, 32, drawBlackSide(random));
    return values.filter((value) => value < 0.5).length / values.length;
  });
  expect(Math.min(...shares)).toBeLessThan(0.15);
  expect(Math.max(...shares)).toBeGreaterThan(0.7);
  expect(Math.min(...shares)).toBeGreaterThan(0.01);
  expect(Math.max(...shares)).toBeLessThan(0.85);
});
