import { createRandom } from "@kindling/core";
import type { BatchDraw } from "./batch-draw.ts";
import { drawInEpochs } from "./draw-in-epochs.ts";
import { drawPatch, type PatchOptions } from "./patch-draw.ts";
import type { ImageFacts } from "./training-image.ts";

/** Smallest and largest divisor of a dark photo that is darkened further. */
const darkeningRange = [2, 4] as const;

/** Photos by their number, with their facts. */
export type KnownImages = readonly { readonly image: number; readonly facts: ImageFacts }[];

/**
 * Draws the batch of a step of an unpaired training: dark and bright photos, each in shuffled epochs of their own.
 *
 * Half of the dark crops are divided by 2 to 4. Source: the code of EnlightenGAN (arXiv 1906.06972), where the divisor has two
 * decimals; here it is any number of the range. The draw depends on the options and the step alone.
 *
 * @param step 0 or more.
 * @throws {KindlingError} `invalid-option` where a photo is smaller than the crop.
 */
export function drawUnpaired(dark: KnownImages, bright: KnownImages, options: PatchOptions, step: number): BatchDraw[] {
  const { seed, batchSize } = options;
  const brights = drawInEpochs(seed, "normal pictures", bright.length, step * batchSize, batchSize);
  return drawInEpochs(seed, "dark pictures", dark.length, step * batchSize, batchSize).map((darkIndex, item) => {
    const random = createRandom(seed, `draw ${item} of step ${step}`);
    const [from, to] = darkeningRange;
    const patchOf = ({ image, facts }: KnownImages[number]) => ({ image, ...drawPatch(facts, options, random) });
    return {
      darkening: random() < 0.5 ? from + (to - from) * random() : 1,
      dark: patchOf(dark[darkIndex]),
      bright: patchOf(bright[brights[item]]),
      coin: 0,
      uniform: random(),
    };
  });
}
