import { createRandom } from "@kindling/core";
import type { BatchDraw } from "./batch-draw.ts";
import { drawInEpochs } from "./draw-in-epochs.ts";
import { drawPatch, type PatchOptions } from "./patch-draw.ts";

/** Exposures of one scene from one camera position: pixels correspond. */
export interface AlignedScene {
  readonly width: number;
  readonly height: number;
  /** Two or more photos by their number, from dark to bright. */
  readonly exposures: readonly number[];
}

/**
 * Draws the batch of a step: scenes in shuffled epochs, and for each any two exposures, a place, a turn and a coin.
 *
 * The draw depends on the options and the step alone, so a resumed training need not replay earlier steps.
 *
 * @param scenes at least one, none smaller than the crop.
 * @param step 0 or more.
 * @throws {KindlingError} `invalid-option` where a scene is smaller than the crop.
 */
export function drawAligned(scenes: readonly AlignedScene[], options: PatchOptions, step: number): BatchDraw[] {
  const { seed, batchSize } = options;
  return drawInEpochs(seed, "scenes", scenes.length, step * batchSize, batchSize).map((index, item) => {
    const scene = scenes[index];
    const random = createRandom(seed, `pair ${item} of step ${step}`);
    const one = Math.floor(random() * scene.exposures.length);
    // Counted past the first, so that the two always differ.
    const distance = 1 + Math.floor(random() * (scene.exposures.length - 1));
    const other = (one + distance) % scene.exposures.length;
    const coin = random() < 0.5 ? 1 : 0;
    const place = drawPatch(scene, options, random);
    return {
      dark: { image: scene.exposures[Math.min(one, other)], ...place },
      bright: { image: scene.exposures[Math.max(one, other)], ...place },
      coin,
      darkening: 1,
      uniform: random(),
    };
  });
}
