import type { IntegerPixels } from "@kindling/core/internal";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Dihedral, dihedrals, flips } from "./dihedral.ts";
import { plainTone } from "./patch-draw.ts";
import { cropGrid, overviewGrid, writePatch } from "./write-patch.ts";

/** Pixels whose red is a running number, green twice and blue three times that. */
function numbered(width: number, height: number): IntegerPixels {
  const samples = Uint8Array.from({ length: width * height * 3 }, (_, i) => Math.floor(i / 3) * (1 + (i % 3)));
  return { width, height, channels: 3, samples };
}

/** Red levels of a patch, by rows. */
function redOf(patch: Float32Array, size: number): number[][] {
  return Array.from({ length: size }, (_, y) =>
    Array.from(patch.subarray(y * size, (y + 1) * size), (v) => Math.round(v * 255)),
  );
}

function turned(pixels: IntegerPixels, dihedral: Dihedral, size = pixels.width): Float32Array {
  const patch = new Float32Array(3 * size * size);
  writePatch(patch, 0, pixels, cropGrid(0, 0, size), dihedral, plainTone);
  return patch;
}

test.each([
  [
    0,
    [
      [0, 1, 2],
      [3, 4, 5],
      [6, 7, 8],
    ],
    "as it is",
  ],
  [
    1,
    [
      [6, 7, 8],
      [3, 4, 5],
      [0, 1, 2],
    ],
    "upside down",
  ],
  [
    2,
    [
      [2, 5, 8],
      [1, 4, 7],
      [0, 3, 6],
    ],
    "a quarter turn counterclockwise",
  ],
  [
    3,
    [
      [0, 3, 6],
      [1, 4, 7],
      [2, 5, 8],
    ],
    "rows and columns exchanged",
  ],
  [
    4,
    [
      [8, 7, 6],
      [5, 4, 3],
      [2, 1, 0],
    ],
    "half a turn",
  ],
  [
    5,
    [
      [2, 1, 0],
      [5, 4, 3],
      [8, 7, 6],
    ],
    "left to right",
  ],
  [
    6,
    [
      [6, 3, 0],
      [7, 4, 1],
      [8, 5, 2],
    ],
    "a quarter turn clockwise",
  ],
  [
    7,
    [
      [8, 5, 2],
      [7, 4, 1],
      [6, 3, 0],
    ],
    "exchanged about the other diagonal",
  ],
] as const)("augmentation %i of a numbered square is %j: %s", (dihedral, rows, _) => {
  expect(redOf(turned(numbered(3, 3), dihedral), 3)).toEqual(rows);
});

test("the eight are all different and each is undone by one of the eight", () => {
  const square = numbered(5, 5);
  expect(new Set(dihedrals.map((dihedral) => turned(square, dihedral).join())).size).toBe(8);
  for (const dihedral of dihedrals) {
    const red = redOf(turned(square, dihedral), 5).flat();
    const again: IntegerPixels = { ...square, samples: Uint8Array.from(red.flatMap((v) => [v, v, v])) };
    const undoing = dihedrals.filter((other) =>
      redOf(turned(again, other), 5)
        .flat()
        .every((v, i) => v === i),
    );
    expect(undoing).toEqual([({ 2: 6, 6: 2 } as Record<number, number>)[dihedral] ?? dihedral]);
  }
});

test("flips keep rows rows", () => {
  for (const flip of flips) {
    const [row = []] = redOf(turned(numbered(4, 4), flip), 4);
    expect(Math.abs((row[0] ?? 0) - (row[3] ?? 0))).toBe(3);
  }
});

test("channels lie one after another, and a patch leaves the rest of the batch alone", () => {
  const batch = new Float32Array(2 * 3 * 4).fill(-1);
  writePatch(batch, 12, numbered(4, 3), cropGrid(2, 1, 2), 0, plainTone);
  expect(Array.from(batch, (v) => Math.round(v * 255))).toEqual([
    ...new Array(12).fill(-255),
    ...[6, 7, 10, 11],
    ...[12, 14, 20, 22],
    ...[18, 21, 30, 33],
  ]);
});

test("16-bit samples keep their depth, and the tone is scale times sample plus bias", () => {
  const pixels: IntegerPixels = { width: 1, height: 1, channels: 3, samples: Uint16Array.of(65535, 1, 0) };
  const patch = new Float32Array(3);
  writePatch(patch, 0, pixels, cropGrid(0, 0, 1), 0, { scale: 2, bias: -0.5 });
  expect(patch[0]).toBeCloseTo(1.5, 6);
  expect(patch[1]).toBeCloseTo(2 / 65535 - 0.5, 6);
  expect(patch[2]).toBe(-0.5);
});

test("a crop takes the very pixels of its place, whatever the turn", () => {
  const size = fc.integer({ min: 1, max: 7 });
  fc.assert(
    fc.property(size, fc.nat(5), fc.nat(5), fc.constantFrom(...dihedrals), (side, left, top, dihedral) => {
      const patch = new Float32Array(3 * side * side);
      writePatch(patch, 0, numbered(12, 12), cropGrid(left, top, side), dihedral, plainTone);
      const wanted = Array.from(
        { length: side * side },
        (_, i) => (top + Math.floor(i / side)) * 12 + left + (i % side),
      );
      expect(
        redOf(patch, side)
          .flat()
          .sort((a, b) => a - b),
      ).toEqual(wanted.sort((a, b) => a - b));
    }),
  );
});

test("an overview takes the nearest pixel to the left and above, in float32 as TensorFlow did", () => {
  expect([...overviewGrid(6, 4, 4).columns]).toEqual([0, 1, 3, 4]);
  expect([...overviewGrid(6, 4, 4).rows]).toEqual([0, 1, 2, 3]);
  expect([...overviewGrid(2, 2, 4).columns]).toEqual([0, 0, 1, 1]);
  // 400 to 96: three indices differ from exact arithmetic.
  const exact = Array.from({ length: 96 }, (_, i) => Math.floor((i * 400) / 96));
  expect([...overviewGrid(400, 400, 96).rows].filter((index, i) => index !== exact[i])).toHaveLength(3);
});
