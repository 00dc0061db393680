import { crop, type Feeds, feedInputs, type StepSettings } from "@kindling/lab";
import {
  createScope,
  div,
  linearLight,
  max,
  meanAbsoluteError,
  min,
  reduceMean,
  type Tensor,
  type TrainingStep,
  trainingStep,
} from "@kindling/nets";
import { sidOfPicture } from "./sid.ts";

/** The greatest ratio of exposures, as in the authors' data. */
const greatestRatio = 300;

/** Crops of pairs. */
export const sidFeeds = { low: crop("dark"), high: crop("bright") } satisfies Feeds;

/**
 * The ratio of exposures of each pair, from its mean linear light: what the exposure times say in the authors' data.
 *
 * @returns [batch, 1, 1, 1], 1 to 300.
 */
export function exposureRatio(low: Tensor, high: Tensor): Tensor {
  const mean = (image: Tensor) => reduceMean(linearLight(image), [1, 2, 3]);
  return max(min(div(mean(high), max(mean(low), 1e-5)), greatestRatio), 1);
}

/** Builds a training step of SID: the mean absolute error of the developed picture (section 4.1). */
export function sidStep(settings: StepSettings): TrainingStep {
  const inputs = feedInputs(sidFeeds, settings);
  const { low, high } = inputs;
  const enhanced = sidOfPicture(createScope(), low, exposureRatio(low, high));
  return trainingStep({
    ...settings,
    name: "sid",
    inputs: Object.values(inputs),
    loss: { total: meanAbsoluteError(enhanced, high) },
  });
}
