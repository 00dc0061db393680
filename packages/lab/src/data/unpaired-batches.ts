import { createRandom, type ModelTensor } from "@kindling/core";
import { shuffledRun } from "./epoch-order.ts";
import { drawPatch, type PatchDraw, type PatchOptions, plainTone } from "./patch-draw.ts";
import type { ImageFacts, TrainingImage } from "./training-image.ts";
import { cropGrid, writePatch } from "./write-patch.ts";
import { zeroTensor } from "./zero-tensor.ts";

/** Smallest and largest divisor of a dark picture that is darkened further. */
const darkeningRange = [2, 4] as const;

/** A patch of one picture. */
export interface SingleDraw extends PatchDraw {
  readonly image: number;
}

/** One dark and one normal patch, of two scenes that have nothing to do with each other. */
export interface UnpairedDraw {
  readonly dark: SingleDraw;
  readonly normal: SingleDraw;
  /** What the dark patch is divided by: 1 in half of all draws, else from 2 to 4. */
  readonly darkening: number;
}

/** Pictures by their number, with what is known of them. */
export type KnownImages = readonly { readonly image: number; readonly facts: ImageFacts }[];

/**
 * What is drawn for a step of an unpaired training: dark and normal pictures, each in shuffled epochs of their own.
 *
 * EnlightenGAN (arXiv 1906.06972), as its code trains: in half of the draws the dark input is divided by 2 to 4.
 * There the divisor has two decimals; here it is any number of the range. It depends on nothing but the options and
 * the step.
 *
 * @param step 0 or more.
 * @throws {KindlingError} `invalid-option` where a picture is smaller than the crop.
 */
export function drawUnpaired(
  dark: KnownImages,
  normal: KnownImages,
  options: PatchOptions,
  step: number,
): UnpairedDraw[] {
  const { seed, batchSize } = options;
  const normals = shuffledRun(seed, "normal pictures", normal.length, step * batchSize, batchSize);
  return shuffledRun(seed, "dark pictures", dark.length, step * batchSize, batchSize).map((darkIndex, item) => {
    const random = createRandom(seed, `draw ${item} of step ${step}`);
    const [from, to] = darkeningRange;
    const single = ({ image, facts }: KnownImages[number]) => ({ image, ...drawPatch(facts, options, random) });
    return {
      darkening: random() < 0.5 ? from + (to - from) * random() : 1,
      dark: single(dark[darkIndex]),
      normal: single(normal[normals[item]]),
    };
  });
}

/** A batch of unpaired patches, each [batch, 3, crop, crop] from 0 to 1. */
export type UnpairedBatch = {
  readonly dark: ModelTensor;
  /** The dark patches after their further darkening: what the generator is given. */
  readonly darkened: ModelTensor;
  readonly normal: ModelTensor;
};

/** An empty batch of unpaired patches, to be filled again and again. */
export function unpairedBatch({ batchSize, cropPx }: PatchOptions): UnpairedBatch {
  const patches = () => zeroTensor(batchSize, 3, cropPx, cropPx);
  return { dark: patches(), darkened: patches(), normal: patches() };
}

/** Fills a batch with what was drawn. */
export function fillUnpaired(
  batch: UnpairedBatch,
  draws: readonly UnpairedDraw[],
  imageOf: (index: number) => TrainingImage,
  { cropPx }: PatchOptions,
): void {
  for (const [item, { dark, normal, darkening }] of draws.entries()) {
    const write = (name: keyof UnpairedBatch, { image, left, top, dihedral }: SingleDraw, tone = plainTone) =>
      writePatch(
        batch[name].values,
        item * 3 * cropPx ** 2,
        imageOf(image),
        cropGrid(left, top, cropPx),
        dihedral,
        tone,
      );
    write("dark", dark);
    write("darkened", dark, { scale: 1 / darkening, bias: 0 });
    write("normal", normal);
  }
}
