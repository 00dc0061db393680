import fc from "fast-check";
import { expect, test } from "vitest";
import { planTiles, planTilesOfParts, type Tile, type Tiling } from "./plan-tiles.ts";

const right = ({ left, width }: Tile["fed"]) => left + width;
const bottom = ({ top, height }: Tile["fed"]) => top + height;

const tilings = fc.constantFrom<Tiling>(
  { haloPx: 0, alignmentPx: 1 },
  { haloPx: 4, alignmentPx: 1 },
  { haloPx: 121, alignmentPx: 16 },
  { haloPx: 13, alignmentPx: 4 },
);

test("a picture that fits is one tile without a halo", () => {
  const whole = { left: 0, top: 0, width: 40, height: 30 };
  const budget = { bytesPerPixel: 10, maxMemoryBytes: 12_000 };
  expect(planTiles(40, 30, { haloPx: 4, alignmentPx: 1 }, budget)).toEqual([{ fed: whole, kept: whole }]);
});

test("a strip that does not fit is cut into equal tiles with the halo on the inside only, worked by hand", () => {
  const tiles = planTiles(100, 1, { haloPx: 5, alignmentPx: 4 }, { bytesPerPixel: 1, maxMemoryBytes: 60 });
  expect(tiles.map(({ fed, kept }) => [fed.left, right(fed), kept.left, right(kept)])).toEqual([
    [0, 60, 0, 52],
    [40, 100, 52, 100],
  ]);
});

test("kept parts cover the picture once; tiles fit the memory, hold their halo and begin on the grid", () => {
  const sizes = fc.integer({ min: 1, max: 2000 });
  fc.assert(
    fc.property(sizes, sizes, tilings, fc.integer({ min: 300 * 300, max: 3e6 }), (width, height, tiling, maxPixels) => {
      const tiles = planTiles(width, height, tiling, { bytesPerPixel: 2, maxMemoryBytes: 2 * maxPixels });
      expect(tiles.reduce((sum, { kept }) => sum + kept.width * kept.height, 0)).toBe(width * height);
      const corners = new Set(tiles.map(({ kept }) => `${kept.left} ${kept.top}`));
      expect(corners.size).toBe(tiles.length);
      for (const { fed, kept } of tiles) {
        expect(fed.width * fed.height).toBeLessThanOrEqual(maxPixels);
        expect([fed.left % tiling.alignmentPx, fed.top % tiling.alignmentPx]).toEqual([0, 0]);
        expect(fed.left).toBeLessThanOrEqual(Math.max(0, kept.left - tiling.haloPx));
        expect(fed.top).toBeLessThanOrEqual(Math.max(0, kept.top - tiling.haloPx));
        expect(right(fed)).toBeGreaterThanOrEqual(Math.min(width, right(kept) + tiling.haloPx));
        expect(bottom(fed)).toBeGreaterThanOrEqual(Math.min(height, bottom(kept) + tiling.haloPx));
        if (right(fed) < width) expect(right(fed) % tiling.alignmentPx).toBe(0);
      }
    }),
  );
});

test("tiles have one size, over all parts of a picture that are cut alike; parts may lie inside of it", () => {
  const picture = { width: 4000, height: 3008 };
  const parts = [
    { left: 0, top: 0, width: 2016, height: 3008 },
    { left: 2016, top: 160, width: 1600, height: 2000 },
  ];
  const budget = { bytesPerPixel: 1, maxMemoryBytes: 1e6 };
  const cut = planTilesOfParts(parts, picture, { haloPx: 13, alignmentPx: 16 }, budget);
  expect(new Set(cut.flat().map(({ fed }) => `${fed.width} ${fed.height}`)).size).toBe(1);
  for (const [i, tiles] of cut.entries()) {
    const part = parts[i]!;
    expect(tiles.length).toBeGreaterThan(1);
    expect(tiles.reduce((sum, { kept }) => sum + kept.width * kept.height, 0)).toBe(part.width * part.height);
    for (const { fed, kept } of tiles) {
      expect(kept.left).toBeGreaterThanOrEqual(part.left);
      expect(right(kept)).toBeLessThanOrEqual(right(part));
      expect(fed.left).toBeLessThanOrEqual(Math.max(0, kept.left - 13));
      expect(right(fed)).toBeGreaterThanOrEqual(Math.min(picture.width, right(kept) + 13));
      expect(bottom(fed)).toBeGreaterThanOrEqual(Math.min(picture.height, bottom(kept) + 13));
    }
  }
});

const halo = { haloPx: 121, alignmentPx: 16 };
const areaOf = ({ fed }: Tile) => fed.width * fed.height;

test("more memory means less work, until tiles that overlap by three tenths are cheaper than larger ones", () => {
  const plans = [2e5, 5e5, 1e6, 2e6, 4e6, 2e7].map((maxMemoryBytes) =>
    planTiles(4000, 3000, halo, { bytesPerPixel: 1, maxMemoryBytes }),
  );
  const works = plans.map((tiles) => tiles.reduce((sum, tile) => sum + areaOf(tile), 0));
  for (const [i, work] of works.entries()) expect(work).toBeLessThanOrEqual(1.3 * (works[i - 1] ?? work));
  expect(works.at(-1)).toBeLessThanOrEqual(1.3 * 12e6);
  const largest = plans.map((tiles) => Math.max(...tiles.map(areaOf)));
  expect(largest.at(-1)).toBeLessThan(3e6);
});

test("a picture that tiles would make a third dearer stays whole", () => {
  expect(planTiles(1000, 700, halo, { bytesPerPixel: 1, maxMemoryBytes: 2e7 })).toHaveLength(1);
});

test("too little memory is refused with what is needed", () => {
  const tiling = { haloPx: 121, alignmentPx: 16 };
  const budget = { bytesPerPixel: 1000, maxMemoryBytes: 50e6 };
  expect(() => planTiles(4000, 3000, tiling, budget)).toThrow(/needs at least 74 MB for its smallest tile; got 50 MB/);
  expect(() => planTiles(4000, 3000, undefined, budget)).toThrow(/looks at the whole picture.*12000 MB.*--max-memory/);
});
