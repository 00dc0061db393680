import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bracketedScenes } from "../../../../test/support/bracketed-scenes.ts";
import { dihedrals } from "./dihedral.ts";
import { drawAligned } from "./draw-aligned.ts";
import type { PatchOptions } from "./patch-draw.ts";

const options: PatchOptions = {
  seed: 7,
  batchSize: 4,
  cropPx: 8,
  augmentations: dihedrals,
};

describe("a draw", () => {
  const { scenes } = bracketedScenes(5, 4);
  const anyStep = fc.nat(100_000);

  test("is the same for the same seed and step, whatever came before", () => {
    fc.assert(
      fc.property(fc.integer(), anyStep, anyStep, (seed, step, other) => {
        const first = drawAligned(scenes, { ...options, seed }, step);
        drawAligned(scenes, { ...options, seed }, other);
        expect(drawAligned(scenes, { ...options, seed }, step)).toEqual(first);
      }),
    );
  });

  test("differs from step to step and from seed to seed", () => {
    const steps = Array.from({ length: 200 }, (_, step) => JSON.stringify(drawAligned(scenes, options, step)));
    expect(new Set(steps).size).toBe(200);
    expect(drawAligned(scenes, { ...options, seed: 8 }, 0)).not.toEqual(drawAligned(scenes, options, 0));
  });

  test("lies inside its scene and takes two of its exposures, the darker one as low", () => {
    fc.assert(
      fc.property(fc.integer(), anyStep, fc.integer({ min: 1, max: 8 }), (seed, step, cropPx) => {
        for (const draw of drawAligned(scenes, { ...options, seed, cropPx }, step)) {
          const scene = scenes.find(({ exposures }) => exposures.includes(draw.dark.image));
          expect(scene?.exposures).toContain(draw.bright.image);
          expect(draw.dark.image).toBeLessThan(draw.bright.image);
          const { image: _, ...place } = draw.dark;
          expect(draw.bright).toMatchObject(place);
          expect(place.left).toBeGreaterThanOrEqual(0);
          expect(place.top).toBeGreaterThanOrEqual(0);
          expect(place.left + cropPx).toBeLessThanOrEqual(scene?.width ?? 0);
          expect(place.top + cropPx).toBeLessThanOrEqual(scene?.height ?? 0);
        }
      }),
    );
  });

  test("takes every place, turn, direction and pair of exposures equally often", () => {
    const scene = [{ width: 10, height: 9, exposures: [0, 1, 2] }];
    const draws = Array.from({ length: 1500 }, (_, step) => drawAligned(scene, options, step)).flat();
    const shareOf = (is: (draw: (typeof draws)[number]) => boolean) => draws.filter(is).length / draws.length;
    // Five standard errors of a share near a half in 6000 draws are 0.033.
    for (const left of [0, 1, 2])
      expect(Math.abs(shareOf(({ dark }) => dark.left === left) - 1 / 3)).toBeLessThan(0.03);
    for (const top of [0, 1]) expect(Math.abs(shareOf(({ dark }) => dark.top === top) - 1 / 2)).toBeLessThan(0.033);
    for (const turn of dihedrals)
      expect(Math.abs(shareOf(({ dark }) => dark.dihedral === turn) - 1 / 8)).toBeLessThan(0.022);
    for (const pair of ["01", "02", "12"]) {
      expect(Math.abs(shareOf(({ dark, bright }) => `${dark.image}${bright.image}` === pair) - 1 / 3)).toBeLessThan(
        0.03,
      );
    }
    expect(Math.abs(shareOf(({ coin }) => coin === 1) - 1 / 2)).toBeLessThan(0.033);
  });

  test("takes only the given augmentations", () => {
    const draws = drawAligned(scenes, { ...options, batchSize: 50, augmentations: [1, 5] }, 3);
    expect(new Set(draws.map(({ dark }) => dark.dihedral))).toEqual(new Set([1, 5]));
  });

  test("from a scene smaller than the crop is refused", () => {
    expect(() => drawAligned([{ width: 7, height: 99, exposures: [0, 1] }], options, 0)).toThrow("crop of 8 px");
  });
});
