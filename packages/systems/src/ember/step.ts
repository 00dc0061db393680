import { columnsIn, crop, type Feeds, feedInputs, rowsIn, type StepSettings, uniform, whole } from "@kindling/lab";
import {
  add,
  createScope,
  max,
  mul,
  pow,
  sampleBilinear,
  sub,
  type Tensor,
  type TrainingStep,
  trainingStep,
} from "@kindling/nets";
import { emberAnalysis } from "./analysis.ts";
import { brightnessOf, emberLight, emberOverview, emberRelight, emberScene } from "./ember.ts";
import { emberCells, emberOverviewPx } from "./facts.ts";
import { type EmberLossWeights, emberLoss } from "./loss.ts";

/** The strongest darkening of dark pictures, as an exponent of the encoded values. */
const greatestGamma = 1.3;

/** The brightest black of dark pictures, in encoded values: flare, and cameras that leave a black level. */
const greatestLift = 8 / 255;

/**
 * Darkens pictures by an exponent of their encoded values, 1 for half of the draws, up to `greatestGamma` for the others; then
 * lifts their blacks, not for half of the draws, up to `greatestLift` for the others.
 *
 * @param gamma, lift two even draws from 0 to 1.
 */
function degrade(image: Tensor, gamma: Tensor, lift: Tensor): Tensor {
  const upperHalf = (draw: Tensor) => max(sub(mul(draw, 2), 1), 0);
  const darkened = pow(max(image, 0), add(mul(upperHalf(gamma), greatestGamma - 1), 1));
  const black = mul(upperHalf(lift), greatestLift);
  return add(mul(darkened, sub(1, black)), black);
}

/** Side in pixels of the whole pictures that the light is learnt from. */
const lightPx = 2 * emberOverviewPx;

/** Whole pairs, reduced. */
export const emberLightFeeds = {
  low: whole("dark", lightPx),
  high: whole("bright", lightPx),
  gamma: uniform(),
  lift: uniform(1),
} satisfies Feeds;

/**
 * Builds a training step of the overview alone, on whole pictures reduced to 128x128: a fifth of a full step's
 * arithmetic, and the light of a whole picture in every draw.
 */
export function emberLightStep(settings: StepSettings, weights?: EmberLossWeights): TrainingStep {
  const inputs = feedInputs(emberLightFeeds, settings);
  const image = degrade(inputs.low, inputs.gamma, inputs.lift);
  const loss = emberLoss({ ...emberLight(createScope(), image), image, target: inputs.high }, weights);
  return trainingStep({ ...settings, name: "ember-light", inputs: Object.values(inputs), loss });
}

/** Crops of pairs, the whole dark pictures that they were cut from, and the places of the crops in the grids. */
export const emberFeeds = {
  low: crop("dark"),
  high: crop("bright"),
  overview: whole("dark", emberOverviewPx),
  rows: rowsIn(emberCells, "bilinear"),
  columns: columnsIn(emberCells, "bilinear"),
  gamma: uniform(),
  lift: uniform(1),
} satisfies Feeds;

/** Builds a training step of Ember: the overview sees the whole dark picture, the analysis a crop of it. */
export function emberStep(settings: StepSettings, weights?: EmberLossWeights): TrainingStep {
  const inputs = feedInputs(emberFeeds, settings);
  const { high: target, rows, columns, gamma, lift } = inputs;
  const [image, overview] = [degrade(inputs.low, gamma, lift), degrade(inputs.overview, gamma, lift)];

  const scope = createScope();
  const { features, gains, balance, saturation } = emberOverview(scope.at("overview"), overview);
  const analysis = emberAnalysis(scope.at("analysis"), image, features);
  const inCrop = (grid: Tensor) => sampleBilinear(grid, rows, columns);
  const places = { gains: inCrop(gains), balance: inCrop(balance), saturation: inCrop(saturation) };
  const scene = emberScene(image, analysis, { ...places, brightness: brightnessOf(overview) });
  const enhanced = emberRelight(scene);
  const { restored } = scene;
  const { confidence } = analysis;
  const loss = emberLoss({ image, restored, enhanced, target, gains, balance, saturation, confidence }, weights);
  return trainingStep({ ...settings, name: "ember", inputs: Object.values(inputs), loss });
}
