import type { Picture, Steps } from "@kindling/core";
import { overRows } from "@kindling/core/internal";
import { createMaps, type EmberMaps, readRow } from "./maps.ts";
import { readPixels } from "./photo-rows.ts";
import { type EmberMixture, isWhole, mixRow } from "./relight.ts";
import { rowKernel } from "./row-kernel.ts";

/** Gives the maps of a photo with its own noise mixed in; undefined at the first time. */
export type MixMaps = (mixture: EmberMixture) => Steps<EmberMaps | undefined>;

/**
 * Mixes the maps of a photo when they are asked for the second time with the same strengths, and keeps the last ones, 6 bytes
 * for a pixel: where only the light moves, nothing is mixed anew. Rounded once more, they are for results of 8 bits: others
 * must not depend on what was asked before.
 */
export function createMixer(picture: Picture, maps: EmberMaps): MixMaps {
  let asked: string | undefined;
  let kept: EmberMaps | undefined;
  return function* (mixture) {
    if (isWhole(mixture)) return maps;
    const strengths = `${mixture.denoise} ${mixture.denoiseColour}`;
    if (strengths !== asked) {
      [asked, kept] = [strengths, undefined];
      return undefined;
    }
    if (kept) return kept;
    const mixed = yield* mix(picture, maps, mixture);
    // Others may have been asked for in between.
    if (strengths === asked) kept = mixed;
    return mixed;
  };
}

function* mix(picture: Picture, maps: EmberMaps, mixture: EmberMixture): Steps<EmberMaps> {
  const { width, height } = picture;
  const { maps: mixed, store } = createMaps(width, height, maps.gain);
  yield* overRows(height, 3 * width, (from, to) => {
    const rows = rowKernel(width);
    for (let y = from; y < to; y++) {
      readPixels(rows, picture, y * width, width);
      readRow(maps, y, rows);
      mixRow(rows, width, mixture);
      store(y, 0, width, rows);
    }
  });
  return mixed;
}
