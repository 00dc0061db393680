import { createRandom } from "@kindling/core";
import { expect, test } from "vitest";
import { emberCells, emberTones, keptAtWhite, whiteFrom } from "./facts.ts";
import { createRestorer } from "./gain-field.ts";
import { readPixels } from "./photo-rows.ts";
import { rowKernel } from "./row-kernel.ts";

const cells = emberCells ** 2;
const even = (planes: number, value: number) => new Float32Array(planes * cells).fill(value);

/** The square roots of a pixel of the roots 0.6, 0.4 and 0.1, restored with this factor of saturation. */
function restored(saturation: number): number[] {
  const picture = { width: 1, height: 1, channels: 3 as const, samples: Float32Array.of(0.36, 0.16, 0.01) };
  const grids = { gains: even(emberTones, 1), balance: even(3, 1), saturation: even(1, saturation) };
  let found: number[] = [];
  const restore = createRestorer(
    picture,
    { ...grids, black: [0, 0, 0], brightness: 0.2, share: 1, noiseShare: 1 },
    (_y, _from, _to, rows) => {
      found = [rows.red[0], rows.green[0], rows.blue[0]];
    },
  );
  const rows = rowKernel(1);
  for (const plane of [rows.redDetail, rows.greenDetail, rows.blueDetail]) plane[0] = 0;
  rows.confidence[0] = 1;
  readPixels(rows, picture, 0, 1);
  restore(0, 0, 1, rows);
  return found;
}

test.each([
  [1, [0.6, 0.4, 0.1]],
  [0.5, [0.6, 0.5, 0.35]],
  // Of the blue 0.6 - 2 * 0.5 would be left, which is below black.
  [2, [0.6, 0.2, 0]],
])("a saturation of %s moves channels from the greatest one, which stays", (saturation, expected) => {
  for (const [c, root] of restored(saturation).entries()) expect(root).toBeCloseTo(expected[c], 6);
});

const clip = (value: number) => Math.min(Math.max(value, 0), 1);
const smoothStep = (value: number) => clip(value) ** 2 * (3 - 2 * clip(value));

test.each([1, 6, 67])("pieces of rows %i wide are restored by the formulas of the graph", (width) => {
  const height = 3;
  const size = width * height;
  const random = createRandom(width, "restore");
  const values = (count: number, least: number, most: number) =>
    Float32Array.from({ length: count }, () => least + (most - least) * random());
  // A quarter of the pixels nearly white, some black.
  const samples = values(3 * size, 0, 1).map((value, i) => (i % 4 === 0 ? 0.8 + value / 5 : i % 5 === 0 ? 0 : value));
  const [gains, balance] = [values(emberTones * cells, 0, 4.5), values(3 * cells, 0.7, 1.4)];
  const saturation = values(cells, 0.5, 2);
  const [detail, confidence] = [values(3 * size, -0.1, 0.1), values(size, 0, 1)];
  const [brightness, share, noiseShare] = [0.08, 0.9, 0.8];
  const black = [0.06, 0.01, 0.03] as const;
  const picture = { width, height, channels: 3 as const, samples };
  /** A plane of a grid at a pixel. */
  const read = (grid: Float32Array, plane: number, x: number, y: number) => {
    const place = (i: number, length: number) =>
      Math.min(Math.max(((i + 0.5) * emberCells) / length - 0.5, 0), emberCells - 1);
    const [column, row] = [place(x, width), place(y, height)];
    let sum = 0;
    for (let i = 0; i < cells; i++) {
      const near = (position: number, cell: number) => Math.max(1 - Math.abs(position - cell), 0);
      sum += grid[plane * cells + i] * near(column, i % emberCells) * near(row, Math.floor(i / emberCells));
    }
    return sum;
  };
  const pieces: number[] = [];
  const restore = createRestorer(
    picture,
    { gains, balance, saturation, black, brightness, share, noiseShare },
    (y, from, to, rows) => {
      for (let x = from; x < to; x++) {
        const at = y * width + x;
        const roots = [0, 1, 2].map((c) => Math.sqrt(samples[3 * at + c]));
        const balanced = roots.map((root, c) => {
          const clean = Math.max(root + noiseShare * detail[c * size + at], 0);
          const above = Math.max((clean ** 2 - black[c]) / (1 - black[c]), 0);
          return clip(Math.sqrt(above) * read(balance, c, x, y));
        });
        const greatest = Math.max(...balanced);
        const kept = smoothStep((Math.max(...roots) - whiteFrom) / (1 - whiteFrom));
        const restored = balanced.map((value, c) => {
          const cleaned = Math.max(greatest - (greatest - value) * read(saturation, 0, x, y), 0);
          return cleaned + kept * (roots[c] - cleaned);
        });
        const brightest = Math.max(...restored);
        const tone = (brightest / (brightest + brightness)) * (emberTones - 1);
        let gain = 0;
        for (let t = 0; t < emberTones; t++) gain += read(gains, t, x, y) * Math.max(1 - Math.abs(tone - t), 0);
        gain *= confidence[at] * share * (1 - keptAtWhite * smoothStep(2 * brightest - 1));
        const found = [rows.red, rows.green, rows.blue].map((plane) => plane[x - from]);
        for (const [c, value] of found.entries()) expect(value).toBeCloseTo(restored[c], 5);
        // A millionth of a tone's steps more or less, where gains of neighbouring tones differ by up to 4.5.
        expect(rows.gain[x - from]).toBeCloseTo(gain, 3.7);
        pieces.push(at);
      }
    },
  );
  for (let y = 0; y < height; y++) {
    // In two tiles, the second of which starts anywhere.
    for (const [from, to] of [
      [0, Math.ceil(width / 3)],
      [Math.ceil(width / 3), width],
    ]) {
      const at = y * width + from;
      const rows = rowKernel(width);
      for (const [c, plane] of [rows.redDetail, rows.greenDetail, rows.blueDetail].entries()) {
        plane.set(detail.subarray(c * size + at, c * size + at + to - from));
      }
      rows.confidence.set(confidence.subarray(at, at + to - from));
      readPixels(rows, picture, at, to - from);
      restore(y, from, to, rows);
    }
  }
  expect(pieces).toEqual(Array.from({ length: size }, (_, i) => i));
});
