import type { ModelTensor } from "@kindling/core";
import { emberOverviewPx } from "./facts.ts";
import { greatestChannels } from "./overview-brightness.ts";

/** Spread of brightness below which a frame shows nothing, in the square-root domain: under half a level of 255 in the dark. */
const leastSpread = 0.004;

/** Factor for the spread that noise explains, so that chance does not count as signal. */
const noiseMargin = 1.2;

/**
 * Decides whether a photo shows a scene: 1 where brightness differs between its areas by more than noise explains, 0 where
 * it does not, in between for photos in between.
 *
 * A frame without signal (a lens cap, an even wall, sensor noise alone) stays as light as it is: a gain would show noise.
 * Noise differs from pixel to pixel of the overview as much as over the whole of it; what differs over the whole, but less
 * between neighbours, is a scene. With v the variance of the overview's brightness and d half the mean squared difference of
 * neighbours, both of square roots, the share is sqrt(v - 1.2 d) / 0.004 - 1, from 0 to 1.
 *
 * @param overview the photo reduced by area, [1, 3, 64, 64].
 */
export function shareWithSignal(overview: ModelTensor): number {
  const side = emberOverviewPx;
  const size = side * side;
  const roots = Float64Array.from(greatestChannels(overview), Math.sqrt);
  let [sum, squares, differences] = [0, 0, 0];
  for (let y = 0, i = 0; y < side; y++) {
    for (let x = 0; x < side; x++, i++) {
      sum += roots[i];
      squares += roots[i] ** 2;
      if (x > 0) differences += (roots[i] - roots[i - 1]) ** 2;
      if (y > 0) differences += (roots[i] - roots[i - side]) ** 2;
    }
  }
  const variance = squares / size - (sum / size) ** 2;
  const noise = differences / (2 * side * (side - 1)) / 2;
  const spread = Math.sqrt(Math.max(variance - noiseMargin * noise, 0));
  return Math.min(Math.max(spread / leastSpread - 1, 0), 1);
}
