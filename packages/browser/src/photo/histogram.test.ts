import { expect, test } from "vitest";
import { countLevels } from "./histogram.ts";

/** Pixels of three levels: red is 10 above the middle and 20 below, green their column, blue 30. */
function pixelsOf(width: number, height: number): Uint8ClampedArray {
  const level = (x: number, y: number, c: number) => [y < height / 2 ? 10 : 20, x % 256, 30, 0][c] ?? 0;
  return Uint8ClampedArray.from({ length: 4 * width * height }, (_, i) => {
    const pixel = Math.floor(i / 4);
    return level(pixel % width, Math.floor(pixel / width), i % 4);
  });
}

test.each([
  { of: "all pixels of small pictures", width: 12, height: 6 },
  { of: "as many pixels of large ones", width: 1024, height: 512 },
])("counts $of in each colour", ({ width, height }) => {
  const counts = countLevels(pixelsOf(width, height), width);
  const expected = new Uint32Array(768);
  expected[10] = expected[20] = (width * height) / 2;
  for (let x = 0; x < width; x++) expected[256 + (x % 256)] += height;
  expected[512 + 30] = width * height;
  expect([...counts]).toEqual([...expected]);
});
