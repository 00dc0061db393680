import { createPicture, createRandom } from "@kindling/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AlignedOptions, type AlignedScene, alignedBatch, drawAligned, fillAligned } from "./aligned-batches.ts";
import { dihedrals } from "./dihedral.ts";
import { type TrainingImage, trainingImage } from "./training-image.ts";

const options: AlignedOptions = {
  seed: 7,
  batchSize: 4,
  cropPx: 8,
  augmentations: dihedrals,
  stretch: false,
  overviewPx: 0,
};

/** Scenes of noise; each exposure shows the one before it twice as bright. */
function bracketedScenes(count: number, exposures: number): { scenes: AlignedScene[]; images: TrainingImage[] } {
  const random = createRandom(3, "scenes");
  const images: TrainingImage[] = [];
  const scenes = Array.from({ length: count }, () => {
    const [width, height] = [8 + Math.floor(random() * 9), 8 + Math.floor(random() * 9)];
    const darkest = createPicture(width, height, 3);
    const unit = 2 ** (exposures - 1);
    for (let i = 0; i < darkest.samples.length; i++) {
      darkest.samples[i] = Math.floor((random() * 256) / unit) / 255;
    }
    const numbers = Array.from({ length: exposures }, (_, exposure) => {
      const samples = darkest.samples.map((sample) => sample * 2 ** exposure);
      return images.push(trainingImage({ ...darkest, samples }, 8)) - 1;
    });
    return { width, height, exposures: numbers };
  });
  return { scenes, images };
}

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
          const scene = scenes.find(({ exposures }) => exposures.includes(draw.low));
          expect(scene?.exposures).toContain(draw.normal);
          expect(draw.low).toBeLessThan(draw.normal);
          expect(draw.left).toBeGreaterThanOrEqual(0);
          expect(draw.top).toBeGreaterThanOrEqual(0);
          expect(draw.left + cropPx).toBeLessThanOrEqual(scene?.width ?? 0);
          expect(draw.top + cropPx).toBeLessThanOrEqual(scene?.height ?? 0);
        }
      }),
    );
  });

  test("takes every place, turn, direction and pair of exposures equally often", () => {
    const scene = [{ width: 10, height: 9, exposures: [0, 1, 2] }];
    const draws = Array.from({ length: 1500 }, (_, step) => drawAligned(scene, options, step)).flat();
    const shareOf = (is: (draw: (typeof draws)[number]) => boolean) => draws.filter(is).length / draws.length;
    // Five standard errors of a share near a half in 6000 draws are 0.033.
    for (const left of [0, 1, 2]) expect(Math.abs(shareOf((draw) => draw.left === left) - 1 / 3)).toBeLessThan(0.03);
    for (const top of [0, 1]) expect(Math.abs(shareOf((draw) => draw.top === top) - 1 / 2)).toBeLessThan(0.033);
    for (const turn of dihedrals)
      expect(Math.abs(shareOf(({ dihedral }) => dihedral === turn) - 1 / 8)).toBeLessThan(0.022);
    for (const pair of ["01", "02", "12"]) {
      expect(Math.abs(shareOf(({ low, normal }) => `${low}${normal}` === pair) - 1 / 3)).toBeLessThan(0.03);
    }
    expect(Math.abs(shareOf(({ brighten }) => brighten) - 1 / 2)).toBeLessThan(0.033);
  });

  test("takes only the augmentations asked for", () => {
    const draws = drawAligned(scenes, { ...options, batchSize: 50, augmentations: [1, 5] }, 3);
    expect(new Set(draws.map(({ dihedral }) => dihedral))).toEqual(new Set([1, 5]));
  });

  test("from a scene smaller than the crop is refused", () => {
    expect(() => drawAligned([{ width: 7, height: 99, exposures: [0, 1] }], options, 0)).toThrow("crop of 8 px");
  });
});

describe("a batch", () => {
  const { scenes, images } = bracketedScenes(6, 2);
  const fill = (step: number, settings: AlignedOptions, batch = alignedBatch(settings)) => {
    fillAligned(batch, drawAligned(scenes, settings, step), (index) => images[index], settings);
    return batch;
  };

  test("keeps pairs aligned under every crop and turn", () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(1000), (seed, step) => {
        const { low, normal } = fill(step, { ...options, seed });
        expect(low.values.some((value) => value > 0)).toBe(true);
        for (const [i, value] of low.values.entries()) expect(normal.values[i]).toBeCloseTo(2 * value, 6);
      }),
    );
  });

  test("has the shapes that networks take, and an overview where one is wanted", () => {
    const shapesOf = (settings: AlignedOptions) =>
      Object.fromEntries(Object.entries(fill(0, settings)).map(([name, { shape }]) => [name, shape]));
    expect(shapesOf(options)).toEqual({
      low: [4, 3, 8, 8],
      normal: [4, 3, 8, 8],
      brighten: [4, 1, 1, 1],
      brightest: [4, 1, 1, 1],
    });
    expect(shapesOf({ ...options, overviewPx: 5 })).toMatchObject({
      lowOverview: [4, 3, 5, 5],
      overviewRows: [4, 8],
      overviewColumns: [4, 8],
    });
  });

  test("holds both whole pictures reduced by area where they are wanted, turned like their crops", () => {
    const square = trainingImage({ width: 8, height: 8, channels: 1, samples: rising(64) }, 8);
    const settings = { ...options, reducedPx: 4 };
    const batch = alignedBatch(settings);
    const draws = drawAligned([{ width: 8, height: 8, exposures: [0, 1] }], settings, 0);
    fillAligned(batch, draws, () => square, settings);
    expect(batch.normalReduced).toEqual(batch.lowReduced);
    for (const [i, value] of batch.lowReduced?.values.entries() ?? []) {
      const [plane, row, column] = [Math.floor(i / 16), Math.floor(i / 4) % 4, i % 4];
      const at = (y: number, x: number) => batch.low.values[plane * 64 + (2 * row + y) * 8 + 2 * column + x];
      expect(value).toBeCloseTo((at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1)) / 4, 4);
    }
  });

  test("blackens one side of both whole pictures alike, in the share of pairs that is asked for", () => {
    const grey = trainingImage({ width: 8, height: 8, channels: 1, samples: new Float32Array(64).fill(0.5) }, 8);
    const settings = { ...options, batchSize: 200, reducedPx: 16, blackSides: 0.25 };
    const draws = drawAligned([{ width: 8, height: 8, exposures: [0, 1] }], settings, 0);
    const batch = alignedBatch(settings);
    fillAligned(batch, draws, () => grey, settings);
    expect(batch.normalReduced).toEqual(batch.lowReduced);
    const values = batch.lowReduced?.values ?? new Float32Array();
    const blackened = draws.filter((_, item) => values.subarray(item * 768, (item + 1) * 768).some((v) => v < 0.1));
    expect(blackened.length).toBeGreaterThan(30);
    expect(blackened.length).toBeLessThan(70);
  });

  test("filled again leaves nothing of what it held", () => {
    const settings = { ...options, overviewPx: 6, reducedPx: 5 };
    const used = fill(11, settings);
    expect(fill(12, settings, used)).toEqual(fill(12, settings));
  });

  test("an overview shows the whole picture turned like its crop", () => {
    const square = trainingImage({ width: 8, height: 8, channels: 1, samples: rising(64) }, 8);
    const settings = { ...options, overviewPx: 8 };
    const batch = alignedBatch(settings);
    const draws = drawAligned([{ width: 8, height: 8, exposures: [0, 1] }], settings, 0);
    fillAligned(batch, draws, () => square, settings);
    expect(batch.lowOverview?.values).toEqual(batch.low.values);
  });

  test("stretched, whole pictures reach from 0 to 1 and flat ones stay finite", () => {
    const picture = trainingImage({ width: 2, height: 1, channels: 1, samples: Float32Array.of(0.2, 0.6) }, 8);
    const flat = trainingImage({ width: 2, height: 1, channels: 1, samples: Float32Array.of(0.4, 0.4) }, 8);
    const settings = { ...options, batchSize: 1, cropPx: 1, stretch: true, augmentations: [0] as const };
    const batch = alignedBatch(settings);
    const draw = { low: 0, normal: 1, left: 1, top: 0, dihedral: 0, brighten: true, brightest: true } as const;
    fillAligned(batch, [draw], (index) => (index === 0 ? picture : flat), settings);
    expect(batch.low.values[0]).toBeCloseTo(1, 6);
    expect(batch.normal.values[0]).toBeCloseTo(0, 6);
  });
});

function rising(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => i / count);
}

describe("a picture for training", () => {
  test("is RGB without alpha, with its darkest, brightest and mean luma", () => {
    const samples = Float32Array.of(1, 0.2, 0, 0.5, 0.4, 0.6, 0.8, 0.5);
    const image = trainingImage({ width: 2, height: 1, channels: 4, samples }, 8);
    expect([...image.samples]).toEqual([255, 51, 0, 102, 153, 204]);
    const luma = (0.299 * (255 + 102) + 0.587 * (51 + 153) + 0.114 * 204) / 2 / 255;
    expect(image.facts).toEqual({ width: 2, height: 1, min: 0, max: 1, meanLuma: expect.closeTo(luma, 6) });
  });

  test("repeats grey in three channels and keeps 16 bits", () => {
    const image = trainingImage({ width: 1, height: 1, channels: 2, samples: Float32Array.of(1 / 65535, 1) }, 16);
    expect(image.samples).toEqual(Uint16Array.of(1, 1, 1));
    expect(image.facts.max).toBeCloseTo(1 / 65535, 9);
  });
});
