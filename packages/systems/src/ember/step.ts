import { crop, type Feeds, feedInputs, isBrightest, type StepSettings, whole } from "@kindling/lab";
import {
  clip,
  concat,
  constant,
  createScope,
  div,
  expand,
  shapeOf,
  slice,
  type Tensor,
  type TrainingStep,
  trainingStep,
} from "@kindling/nets";
import { brightnessOf, emberAnalysis, emberOverview, emberRelight } from "./ember.ts";
import { emberOverviewPx } from "./facts.ts";
import { type EmberLossWeights, emberLoss } from "./loss.ts";

/** One in this many pairs is also used in reverse: its bright picture is darkened, and must stay as it is at level 1. */
const pairsPerReversal = 4;

/** Least and greatest light level between the exposures of a pair; levels beyond are clipped. */
const ratioRange = [0.1, 10] as const;

/**
 * Crops of two exposures of the same scenes, and the whole pictures that they were cut from. Where `good` is 1, the
 * brighter exposure is the brightest of its scene, and Ember should predict its light level.
 */
export const emberFeeds = {
  low: crop("dark"),
  high: crop("bright"),
  "low-overview": whole("dark", emberOverviewPx),
  "high-overview": whole("bright", emberOverviewPx),
  good: isBrightest(),
} satisfies Feeds;

/** Builds a training step of Ember. */
export function emberStep(settings: StepSettings, weights?: EmberLossWeights): TrainingStep {
  const { batch } = settings;
  const inputs = feedInputs(emberFeeds, settings);
  const { low, high, good, "low-overview": lowOverview, "high-overview": highOverview } = inputs;
  const reversed = Math.ceil(batch / pairsPerReversal);
  const both = (a: Tensor, b: Tensor) => concat([a, slice(b, 0, 0, reversed)], 0);
  const [image, target] = [both(low, high), both(high, low)];
  const overview = both(lowOverview, highOverview);

  const brightness = brightnessOf(overview); // [batch + reversed, 1, 1, 1]
  const targetBrightness = brightnessOf(both(highOverview, lowOverview));
  const ratio = clip(div(targetBrightness, brightness), ...ratioRange);
  // A well lit picture should stay as it is.
  const unchanged = expand(constant(1), shapeOf(slice(ratio, 0, 0, reversed)));
  const wantedLight = concat([slice(ratio, 0, 0, batch), unchanged], 0);
  const trusted = both(good, good);

  const scope = createScope();
  const { features, light } = emberOverview(scope.at("overview"), overview);
  const analysis = emberAnalysis(scope.at("analysis"), image, features);
  const enhanced = emberRelight(analysis, ratio);
  const ofDark = (x: Tensor) => slice(x, 0, 0, batch);
  const blind = emberRelight(
    {
      reflectance: ofDark(analysis.reflectance),
      illumination: ofDark(analysis.illumination),
      response: ofDark(analysis.response),
    },
    ofDark(light),
  );
  const loss = emberLoss({ image, analysis, enhanced, target, blind, light, wantedLight, trusted }, weights);
  return trainingStep({ ...settings, name: "ember", inputs: Object.values(inputs), loss });
}
