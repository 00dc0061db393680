import { columnsIn, crop, type Feeds, feedInputs, rowsIn, type StepSettings, uniform, whole } from "@kindling/lab";
import {
  add,
  createScope,
  max,
  mul,
  pow,
  reduceMean,
  sampleBilinear,
  sub,
  type Tensor,
  type TrainingStep,
  trainingStep,
} from "@kindling/nets";
import { brightnessOf, emberAnalysis, emberLight, emberOverview, emberRelight, emberScene } from "./ember.ts";
import { emberCells, emberOverviewPx } from "./facts.ts";
import { type EmberLossWeights, emberLoss } from "./loss.ts";

/** The strongest darkening of dark pictures, as an exponent of the encoded values; half of them stay as they are. */
const greatestGamma = 1.3;

/** Darkens pictures by an exponent of their encoded values: 1 for half of the draws, up to `greatestGamma` for the others. */
function darken(image: Tensor, gamma: Tensor): Tensor {
  return pow(max(image, 0), add(mul(max(sub(mul(gamma, 2), 1), 0), greatestGamma - 1), 1));
}

/** Side in pixels of the whole pictures that the light is learnt from. */
const lightPx = 2 * emberOverviewPx;

/** Whole pairs, reduced. */
export const emberLightFeeds = {
  low: whole("dark", lightPx),
  high: whole("bright", lightPx),
  gamma: uniform(),
} satisfies Feeds;

/**
 * Builds a training step of the overview alone, on whole pictures reduced to 128x128: a twentieth of a full step's
 * arithmetic, and the light of a whole picture in every draw.
 */
export function emberLightStep(settings: StepSettings, weights?: EmberLossWeights): TrainingStep {
  const inputs = feedInputs(emberLightFeeds, settings);
  const image = darken(inputs.low, inputs.gamma);
  const results = emberLight(createScope(), image);
  const confidence = add(mul(reduceMean(image, [1]), 0), 1);
  const loss = emberLoss({ ...results, image, target: inputs.high, confidence }, weights);
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
} satisfies Feeds;

/** Builds a training step of Ember: the overview sees the whole dark picture, the analysis a crop of it. */
export function emberStep(settings: StepSettings, weights?: EmberLossWeights): TrainingStep {
  const inputs = feedInputs(emberFeeds, settings);
  const { high: target, rows, columns, gamma } = inputs;
  const [image, overview] = [darken(inputs.low, gamma), darken(inputs.overview, gamma)];

  const scope = createScope();
  const { features, gains, balance } = emberOverview(scope.at("overview"), overview);
  const analysis = emberAnalysis(scope.at("analysis"), image, features);
  const inCrop = (grid: Tensor) => sampleBilinear(grid, rows, columns);
  const places = { gains: inCrop(gains), balance: inCrop(balance), brightness: brightnessOf(overview) };
  const scene = emberScene(image, analysis, places);
  const enhanced = emberRelight(scene);
  const { restored } = scene;
  const { confidence } = analysis;
  const loss = emberLoss({ image, restored, enhanced, target, gains, balance, confidence }, weights);
  return trainingStep({ ...settings, name: "ember", inputs: Object.values(inputs), loss });
}
