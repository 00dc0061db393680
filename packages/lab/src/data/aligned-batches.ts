import { createRandom, type ModelTensor } from "@kindling/core";
import { type BlackSide, blacken, drawBlackSide } from "./black-side.ts";
import { shuffledRun } from "./epoch-order.ts";
import { overviewPlaces } from "./overview-places.ts";
import { drawPatch, type PatchDraw, type PatchOptions, plainTone, stretchedTone } from "./patch-draw.ts";
import { reducedPicture } from "./reduced-picture.ts";
import type { TrainingImage } from "./training-image.ts";
import { cropGrid, overviewGrid, writePatch } from "./write-patch.ts";
import { zeroTensor } from "./zero-tensor.ts";

/** Exposures of one scene, pixel on pixel. */
export interface AlignedScene {
  readonly width: number;
  readonly height: number;
  /** Two or more pictures by their number, from dark to bright. */
  readonly exposures: readonly number[];
}

/** How batches of aligned pairs are drawn. */
export interface AlignedOptions extends PatchOptions {
  /** Whether each whole picture is stretched from 0 to 1 before it is cut, as KinD does. */
  readonly stretch: boolean;
  /** Side in pixels of the reduced whole picture, for networks with a view of the whole; 0 = none. */
  readonly overviewPx: number;
  /** Side in pixels of both whole pictures reduced by area, for Ember's view of the whole; default none. */
  readonly reducedPx?: number;
  /** The share of pairs whose reduced whole pictures get one black side; default none. */
  readonly blackSides?: number;
}

/** One pair of a batch. */
export interface AlignedDraw extends PatchDraw {
  /** The darker picture's number. */
  readonly low: number;
  /** The brighter picture's number. */
  readonly normal: number;
  /** Whether KinD's adjustment goes from dark to bright here, or from bright to dark. */
  readonly brighten: boolean;
  /** Whether the brighter picture is the brightest of its scene. */
  readonly brightest: boolean;
  /** The side that goes black in both reduced whole pictures. */
  readonly blackSide?: BlackSide;
}

/**
 * What is drawn for a step: scenes in shuffled epochs, any two exposures of each, one place, one turn, one direction.
 *
 * It depends on nothing but the options and the step, so a training that resumes need not replay.
 *
 * @param scenes at least one, none smaller than the crop.
 * @param step 0 or more.
 * @throws {KindlingError} `invalid-option` where a scene is smaller than the crop.
 */
export function drawAligned(scenes: readonly AlignedScene[], options: AlignedOptions, step: number): AlignedDraw[] {
  const { seed, batchSize, blackSides = 0 } = options;
  return shuffledRun(seed, "scenes", scenes.length, step * batchSize, batchSize).map((index, item) => {
    const scene = scenes[index];
    const random = createRandom(seed, `pair ${item} of step ${step}`);
    const one = Math.floor(random() * scene.exposures.length);
    // Counted past the first, so that the two always differ.
    const distance = 1 + Math.floor(random() * (scene.exposures.length - 1));
    const other = (one + distance) % scene.exposures.length;
    return {
      low: scene.exposures[Math.min(one, other)],
      normal: scene.exposures[Math.max(one, other)],
      brighten: random() < 0.5,
      brightest: Math.max(one, other) === scene.exposures.length - 1,
      ...drawPatch(scene, options, random),
      ...(random() < blackSides && { blackSide: drawBlackSide(random) }),
    };
  });
}

/** A batch of aligned pairs: pictures from 0 to 1. */
export type AlignedBatch = {
  /** The darker patches, [batch, 3, crop, crop]. */
  readonly low: ModelTensor;
  /** The brighter patches, [batch, 3, crop, crop]. */
  readonly normal: ModelTensor;
  /** Direction of KinD's adjustment, [batch, 1, 1, 1]: 1 from low to normal, 0 back. */
  readonly brighten: ModelTensor;
  /** 1 where `normal` is the brightest exposure of its scene, else 0, [batch, 1, 1, 1]. */
  readonly brightest: ModelTensor;
} & Partial<OverviewBatch> &
  Partial<ReducedBatch>;

/** What a batch tells of the whole pictures, where there is an overview. */
interface OverviewBatch {
  /** The whole darker pictures reduced and turned like their crops, [batch, 3, overview, overview]. */
  readonly lowOverview: ModelTensor;
  /** The overview's row that each row of the crop lies in, [batch, crop], whole numbers. */
  readonly overviewRows: ModelTensor;
  /** The overview's column of each column of the crop, [batch, crop]. */
  readonly overviewColumns: ModelTensor;
}

/** The whole pictures of a batch reduced by area and turned like their crops, each [batch, 3, reduced, reduced]. */
interface ReducedBatch {
  readonly lowReduced: ModelTensor;
  readonly normalReduced: ModelTensor;
}

/** An empty batch of aligned pairs, to be filled again and again. */
export function alignedBatch({ batchSize, cropPx, overviewPx, reducedPx = 0 }: AlignedOptions): AlignedBatch {
  return {
    low: zeroTensor(batchSize, 3, cropPx, cropPx),
    normal: zeroTensor(batchSize, 3, cropPx, cropPx),
    brighten: zeroTensor(batchSize, 1, 1, 1),
    brightest: zeroTensor(batchSize, 1, 1, 1),
    ...(overviewPx > 0 && {
      lowOverview: zeroTensor(batchSize, 3, overviewPx, overviewPx),
      overviewRows: zeroTensor(batchSize, cropPx),
      overviewColumns: zeroTensor(batchSize, cropPx),
    }),
    ...(reducedPx > 0 && {
      lowReduced: zeroTensor(batchSize, 3, reducedPx, reducedPx),
      normalReduced: zeroTensor(batchSize, 3, reducedPx, reducedPx),
    }),
  };
}

/**
 * Fills a batch with what was drawn.
 *
 * @param imageOf the pictures by their number.
 */
export function fillAligned(
  batch: AlignedBatch,
  draws: readonly AlignedDraw[],
  imageOf: (index: number) => TrainingImage,
  { cropPx, overviewPx, reducedPx = 0, stretch }: AlignedOptions,
): void {
  const { low, normal, brighten, brightest, lowOverview, overviewRows, overviewColumns, lowReduced, normalReduced } =
    batch;
  const toneOf = stretch ? ({ facts }: TrainingImage) => stretchedTone(facts) : () => plainTone;
  for (const [item, draw] of draws.entries()) {
    const [dark, bright] = [imageOf(draw.low), imageOf(draw.normal)];
    const grid = cropGrid(draw.left, draw.top, cropPx);
    const offset = item * 3 * cropPx ** 2;
    writePatch(low.values, offset, dark, grid, draw.dihedral, toneOf(dark));
    writePatch(normal.values, offset, bright, grid, draw.dihedral, toneOf(bright));
    brighten.values[item] = draw.brighten ? 1 : 0;
    brightest.values[item] = draw.brightest ? 1 : 0;
    if (lowOverview) {
      const whole = overviewGrid(dark.width, dark.height, overviewPx);
      writePatch(lowOverview.values, item * 3 * overviewPx ** 2, dark, whole, draw.dihedral, toneOf(dark));
      const { rows, columns } = overviewPlaces(dark, draw, cropPx, overviewPx);
      overviewRows?.values.set(rows, item * cropPx);
      overviewColumns?.values.set(columns, item * cropPx);
    }
    const reduce = (into: ModelTensor | undefined, image: TrainingImage) => {
      if (!into) return;
      const [from, all] = [item * 3 * reducedPx ** 2, cropGrid(0, 0, reducedPx)];
      writePatch(into.values, from, reducedPicture(image, reducedPx), all, draw.dihedral, toneOf(image));
      if (draw.blackSide) blacken(into.values, from, reducedPx, draw.blackSide);
    };
    reduce(lowReduced, dark);
    reduce(normalReduced, bright);
  }
}
