import { nearestIndices } from "@kindling/core/internal";
import fc from "fast-check";
import { expect, test } from "vitest";
import { dihedrals } from "./dihedral.ts";
import { overviewPlaces } from "./overview-places.ts";
import { plainTone } from "./patch-draw.ts";
import { cropGrid, writePatch } from "./write-patch.ts";

const nearest = (sidePx: number) => ({ sidePx, sampling: "nearest" as const });
const bilinear = (sidePx: number) => ({ sidePx, sampling: "bilinear" as const });

test("a crop of the lower right quarter lies in the lower right quarter of the overview", () => {
  const places = overviewPlaces({ width: 8, height: 8 }, { left: 4, top: 4, dihedral: 0 }, 4, nearest(4));
  expect(places).toEqual({ rows: Float32Array.of(2, 2, 3, 3), columns: Float32Array.of(2, 2, 3, 3) });
});

test("upside down, the same crop lies in the upper right quarter", () => {
  const places = overviewPlaces({ width: 8, height: 8 }, { left: 4, top: 4, dihedral: 1 }, 4, nearest(4));
  expect(places).toEqual({ rows: Float32Array.of(0, 0, 1, 1), columns: Float32Array.of(2, 2, 3, 3) });
});

test("a crop finds in the turned overview what the overview, stretched, cut and turned, shows there", () => {
  const sides = fc.integer({ min: 9, max: 60 });
  fc.assert(
    fc.property(sides, sides, fc.constantFrom(...dihedrals), fc.nat(), fc.nat(), (width, height, dihedral, x, y) => {
      const [cropPx, overviewPx] = [9, 7];
      const [left, top] = [x % (width - cropPx + 1), y % (height - cropPx + 1)];
      const numbers = (w: number, h: number, of: (x: number, y: number) => number) => ({
        width: w,
        height: h,
        channels: 3 as const,
        samples: Uint8Array.from({ length: w * h * 3 }, (_, i) => of(Math.floor(i / 3) % w, Math.floor(i / 3 / w))),
      });
      const overview = numbers(overviewPx, overviewPx, (column, row) => row * overviewPx + column);
      const [down, across] = [height, width].map((length) => nearestIndices(overviewPx, length));
      const stretched = numbers(width, height, (column, row) => down[row] * overviewPx + across[column]);

      const crop = new Float32Array(3 * cropPx ** 2);
      writePatch(crop, 0, stretched, cropGrid(left, top, cropPx), dihedral, plainTone);
      const turned = new Float32Array(3 * overviewPx ** 2);
      writePatch(turned, 0, overview, cropGrid(0, 0, overviewPx), dihedral, plainTone);

      const { rows, columns } = overviewPlaces({ width, height }, { left, top, dihedral }, cropPx, nearest(overviewPx));
      const found = Array.from(rows, (row) =>
        Array.from(columns, (column) => turned[row * overviewPx + column]),
      ).flat();
      expect(found).toEqual([...crop.subarray(0, cropPx ** 2)]);
    }),
  );
});

test("bilinear positions lie between the centres of an overview's pixels, and end at the outermost", () => {
  const places = overviewPlaces({ width: 8, height: 8 }, { left: 4, top: 0, dihedral: 0 }, 4, bilinear(4));
  expect(places).toEqual({ rows: Float32Array.of(0, 0.25, 0.75, 1.25), columns: Float32Array.of(1.75, 2.25, 2.75, 3) });
});

test("a crop turned upside down counts its bilinear rows from the other end", () => {
  const places = overviewPlaces({ width: 8, height: 8 }, { left: 4, top: 0, dihedral: 1 }, 4, bilinear(4));
  expect(places).toEqual({ rows: Float32Array.of(1.75, 2.25, 2.75, 3), columns: Float32Array.of(1.75, 2.25, 2.75, 3) });
});
