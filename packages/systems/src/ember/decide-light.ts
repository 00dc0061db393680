import type { ModelTensor } from "@kindling/core";
import { shareOfBalance } from "./coloured-light.ts";
import type { LightGrids } from "./gain-field.ts";
import { leastGain } from "./least-gain.ts";
import { meanOfMirrored } from "./mirrored-views.ts";
import { overviewBrightness } from "./overview-brightness.ts";
import { shareWithSignal } from "./signal-share.ts";

/** What the overview answers to a photo and its mirror image: two of each in a batch. */
export interface OverviewAnswers {
  /** [2, 64, 1, 1]. */
  readonly features: ModelTensor;
  /** Natural logarithms of gains, [2, tones, cells, cells]. */
  readonly gains: ModelTensor;
  /** [2, 3, cells, cells]. */
  readonly balance: ModelTensor;
  /** [2, 1, cells, cells]. */
  readonly saturation: ModelTensor;
  /** [2, 3, 1, 1]. */
  readonly black: ModelTensor;
}

/** Share of its noise that a frame without signal keeps, so that the light of its areas hardly changes. */
const noiseKept = 0.25;

/**
 * Decides the light of a photo: the mean of what the overview answers to it and to its mirror image, within what the photo
 * bears. No gain is less than the least one of a dark photo; a frame without signal keeps its brightness, its black and its colours, a scene
 * in coloured light the colour of that light.
 *
 * @param overview the photo reduced by area, [1, 3, 64, 64].
 * @returns the grids, and the features that the analysis takes, [1, 64, 1, 1].
 */
export function decideLight(
  overview: ModelTensor,
  { features, gains, balance, saturation, black }: OverviewAnswers,
): LightGrids & { readonly features: ModelTensor } {
  const least = leastGain(overview);
  const share = shareWithSignal(overview);
  const [red, green, blue] = meanOfMirrored(black, "arithmetic").values;
  return {
    features: meanOfMirrored(features, "arithmetic"),
    gains: atLeast(meanOfMirrored(gains, "arithmetic").values, least),
    balance: toPower(meanOfMirrored(balance, "geometric").values, share * shareOfBalance(overview)),
    saturation: toPower(meanOfMirrored(saturation, "geometric").values, share),
    black: [share * red, share * green, share * blue],
    brightness: overviewBrightness(overview),
    share,
    noiseShare: 1 - noiseKept * (1 - share),
  };
}

/** Raises values to the least one, in place. */
function atLeast(values: Float32Array, least: number): Float32Array {
  for (let i = 0; i < values.length; i++) values[i] = Math.max(values[i], least);
  return values;
}

/** Raises factors to a power, in place. */
function toPower(factors: Float32Array, exponent: number): Float32Array {
  for (let i = 0; i < factors.length; i++) factors[i] **= exponent;
  return factors;
}
