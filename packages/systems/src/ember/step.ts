import { columnsIn, crop, type Feeds, feedInputs, rowsIn, type StepSettings, whole } from "@kindling/lab";
import { createScope, mul, sampleBilinear, type Tensor, type TrainingStep, trainingStep } from "@kindling/nets";
import { emberAnalysis } from "./analysis.ts";
import { augmentationDraws, colouredLight, degrade } from "./augment.ts";
import { brightnessOf, emberLight, emberOverview, emberRelight, emberScene } from "./ember.ts";
import { emberCells, emberOverviewPx } from "./facts.ts";
import { type EmberLossWeights, emberLoss } from "./loss.ts";

/** Side in pixels of the whole pictures that the light is learnt from. */
const lightPx = 2 * emberOverviewPx;

/** Whole pairs, reduced. */
export const emberLightFeeds = {
  low: whole("dark", lightPx),
  high: whole("bright", lightPx),
  ...augmentationDraws,
} satisfies Feeds;

/**
 * Builds a training step of the overview alone, on whole pictures reduced to 128x128: a fifth of a full step's
 * arithmetic, and the light of a whole picture in every draw.
 */
export function emberLightStep(settings: StepSettings, weights?: EmberLossWeights): TrainingStep {
  const inputs = feedInputs(emberLightFeeds, settings);
  const light = colouredLight(inputs);
  const image = degrade(mul(inputs.low, light), inputs);
  const target = mul(inputs.high, light);
  const loss = emberLoss({ ...emberLight(createScope(), image), image, target }, weights);
  return trainingStep({ ...settings, name: "ember-light", inputs: Object.values(inputs), loss });
}

/** Crops of pairs, the whole dark pictures that they were cut from, and the places of the crops in the grids. */
export const emberFeeds = {
  low: crop("dark"),
  high: crop("bright"),
  overview: whole("dark", emberOverviewPx),
  rows: rowsIn(emberCells, "bilinear"),
  columns: columnsIn(emberCells, "bilinear"),
  ...augmentationDraws,
} satisfies Feeds;

/** Builds a training step of Ember: the overview sees the whole dark picture, the analysis a crop of it. */
export function emberStep(settings: StepSettings, weights?: EmberLossWeights): TrainingStep {
  const inputs = feedInputs(emberFeeds, settings);
  const { rows, columns } = inputs;
  const light = colouredLight(inputs);
  const [image, overview] = [inputs.low, inputs.overview].map((photo) => degrade(mul(photo, light), inputs));
  const target = mul(inputs.high, light);

  const scope = createScope();
  const { features, gains, balance, saturation, black } = emberOverview(scope.at("overview"), overview);
  const analysis = emberAnalysis(scope.at("analysis"), image, features);
  const inCrop = (grid: Tensor) => sampleBilinear(grid, rows, columns);
  const places = { gains: inCrop(gains), balance: inCrop(balance), saturation: inCrop(saturation), black };
  const scene = emberScene(image, analysis, { ...places, brightness: brightnessOf(overview) });
  const enhanced = emberRelight(scene);
  const { restored } = scene;
  const { confidence } = analysis;
  const loss = emberLoss({ image, black, restored, enhanced, target, gains, balance, saturation, confidence }, weights);
  return trainingStep({ ...settings, name: "ember", inputs: Object.values(inputs), loss });
}
