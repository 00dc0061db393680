import type { ModelTensors } from "@kindling/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bracketedScenes } from "../../../../test/support/bracketed-scenes.ts";
import { dihedrals, flips } from "./dihedral.ts";
import { type AlignedScene, drawAligned } from "./draw-aligned.ts";
import { drawUnpaired } from "./draw-unpaired.ts";
import { coin, columnsIn, crop, darkenedCrop, type Feeds, feedInputs, rowsIn, uniform, whole } from "./feeds.ts";
import { emptyBatch, fillBatch } from "./fill-batch.ts";
import type { PatchOptions } from "./patch-draw.ts";
import { trainingImage } from "./training-image.ts";

const options: PatchOptions = { seed: 7, batchSize: 4, cropPx: 8, augmentations: dihedrals };
const pair = { low: crop("dark"), high: crop("bright") };
const { scenes, images } = bracketedScenes(6, 2);
const plain = { cropPx: 8, stretch: false };

function fill(feeds: Feeds, step: number, settings = options, batch?: ModelTensors): ModelTensors {
  const { batchSize, cropPx } = settings;
  const filled = batch ?? emptyBatch(feeds, { batch: batchSize, cropPx });
  fillBatch(filled, feeds, drawAligned(scenes, settings, step), (index) => images[index]!, { ...plain, cropPx });
  return filled;
}

/** A batch of one square photo, whatever is drawn. */
function fillSquare(feeds: Feeds, samples: Float32Array, settings = options) {
  const square = trainingImage({ width: 8, height: 8, channels: 1, samples }, 8);
  const scene: AlignedScene = { width: 8, height: 8, exposures: [0, 1] };
  const batch = emptyBatch(feeds, { batch: settings.batchSize, cropPx: 8 });
  fillBatch(batch, feeds, drawAligned([scene], settings, 0), () => square, plain);
  return batch;
}

const rising = Float32Array.from({ length: 64 }, (_, i) => i / 64);

describe("a batch", () => {
  test("has even numbers, the same in feeds of one stream, independent in those of two", () => {
    const feeds = { first: uniform(), again: uniform(), other: uniform(1) } satisfies Feeds;
    const drawn = Array.from({ length: 500 }, (_, step) => fill(feeds, step));
    const valuesOf = (name: keyof typeof feeds) => drawn.flatMap((batch) => [...batch[name]!.values]);
    const [first, other] = [valuesOf("first"), valuesOf("other")];
    expect(valuesOf("again")).toEqual(first);
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    for (const values of [first, other]) {
      expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
      // Five standard errors of the mean of 2,000 even numbers.
      expect(Math.abs(mean(values) - 0.5)).toBeLessThan(0.033);
    }
    const product = mean(first.map((value, i) => (value - 0.5) * ((other[i] ?? 0) - 0.5)));
    expect(Math.abs(product)).toBeLessThan(5 / 12 / Math.sqrt(first.length));
  });

  test("keeps pairs aligned under every crop and turn", () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(1000), (seed, step) => {
        const { low, high } = fill(pair, step, { ...options, seed });
        expect(low!.values.some((value) => value > 0)).toBe(true);
        for (const [i, value] of low!.values.entries()) expect(high!.values[i]).toBeCloseTo(2 * value, 6);
      }),
    );
  });

  test("has the names and shapes of the graph's inputs", () => {
    const feeds = {
      ...pair,
      overview: whole("dark", 5, "nearest"),
      rows: rowsIn(5),
      columns: columnsIn(5),
      brighten: coin(),
      gamma: uniform(),
    };
    const inputs = feedInputs(feeds, { batch: 4, cropPx: 8 });
    const shapes = Object.entries(fill(feeds, 0)).map(([name, { shape }]) => [name, shape]);
    expect(shapes).toEqual(Object.entries(inputs).map(([name, { shape }]) => [name, shape]));
    expect(Object.fromEntries(shapes)).toEqual({
      low: [4, 3, 8, 8],
      high: [4, 3, 8, 8],
      overview: [4, 3, 5, 5],
      rows: [4, 8],
      columns: [4, 8],
      brighten: [4, 1, 1, 1],
      gamma: [4, 1, 1, 1],
    });
  });

  test("holds whole photos reduced by area, turned like their crops", () => {
    const feeds = { low: crop("dark"), whole: whole("dark", 4), bright: whole("bright", 4) };
    const batch = fillSquare(feeds, rising);
    expect(batch["bright"]).toEqual(batch["whole"]);
    for (const [i, value] of batch["whole"]!.values.entries()) {
      const [plane, row, column] = [Math.floor(i / 16), Math.floor(i / 4) % 4, i % 4];
      const at = (y: number, x: number) => batch["low"]!.values[plane * 64 + (2 * row + y) * 8 + 2 * column + x]!;
      expect(value).toBeCloseTo((at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1)) / 4, 4);
    }
  });

  test("filled again leaves nothing of what it held", () => {
    const feeds = { ...pair, overview: whole("dark", 6, "nearest"), reduced: whole("bright", 5), coin: coin() };
    const used = fill(feeds, 11);
    expect(fill(feeds, 12, options, used)).toEqual(fill(feeds, 12));
  });

  test("a whole photo of the crop's size is the crop", () => {
    const { low, overview } = fillSquare({ low: crop("dark"), overview: whole("dark", 8, "nearest") }, rising);
    expect(overview!.values).toEqual(low!.values);
  });

  test("stretched, whole photos reach from 0 to 1 and flat ones stay finite", () => {
    const picture = trainingImage({ width: 2, height: 1, channels: 1, samples: Float32Array.of(0.2, 0.6) }, 8);
    const flat = trainingImage({ width: 2, height: 1, channels: 1, samples: Float32Array.of(0.4, 0.4) }, 8);
    const batch = emptyBatch(pair, { batch: 1, cropPx: 1 });
    const place = { left: 1, top: 0, dihedral: 0 } as const;
    const draw = { dark: { image: 0, ...place }, bright: { image: 1, ...place }, coin: 0, uniform: 0.5 } as const;
    const imageOf = (index: number) => (index === 0 ? picture : flat);
    fillBatch(batch, pair, [{ ...draw, darkening: 1 }], imageOf, { cropPx: 1, stretch: true });
    expect(batch["low"]!.values[0]).toBeCloseTo(1, 6);
    expect(batch["high"]!.values[0]).toBeCloseTo(0, 6);
  });

  test("draws both sides of the coin, and numbers from 0 to 1 evenly", () => {
    const { scenes: brackets, images: exposures } = bracketedScenes(3, 3);
    const feeds = { coin: coin(), uniform: uniform() };
    const batch = emptyBatch(feeds, { batch: 300, cropPx: 8 });
    const draws = drawAligned(brackets, { ...options, batchSize: 300 }, 0);
    fillBatch(batch, feeds, draws, (index) => exposures[index]!, plain);
    const heads = batch["coin"]!.values.filter((value) => value === 1).length;
    expect(heads).toBeGreaterThan(110);
    expect(heads).toBeLessThan(190);
    for (const quarter of [0, 1, 2, 3]) {
      const inside = batch["uniform"]!.values.filter((value) => Math.floor(4 * value) === quarter).length;
      expect(inside).toBeGreaterThan(45);
      expect(inside).toBeLessThan(105);
    }
  });

  test("of unpaired photos holds the dark crop as it is and darkened", () => {
    const flats = Array.from({ length: 8 }, (_, i) => {
      const [width, height] = [4 + i, 12 - i];
      return trainingImage(
        { width, height, channels: 1, samples: new Float32Array(width * height).fill((i * 20) / 255) },
        8,
      );
    });
    const known = flats.map(({ facts }, image) => ({ image, facts }));
    const unpaired = { seed: 1, batchSize: 3, cropPx: 4, augmentations: flips };
    const draws = drawUnpaired(known.slice(0, 5), known.slice(5), unpaired, 4);
    const feeds = { original: crop("dark"), dark: darkenedCrop(), real: crop("bright") };
    const batch = emptyBatch(feeds, { batch: 3, cropPx: 4 });
    fillBatch(batch, feeds, draws, (index) => flats[index]!, { cropPx: 4, stretch: false });
    for (const [item, draw] of draws.entries()) {
      const at = item * 3 * 16 + 20;
      const level = (draw.dark.image * 20) / 255;
      expect(batch["original"]!.values[at]).toBeCloseTo(level, 6);
      expect(batch["dark"]!.values[at]).toBeCloseTo(level / draw.darkening, 6);
      expect(batch["real"]!.values[at]).toBeCloseTo((draw.bright.image * 20) / 255, 6);
    }
  });
});
