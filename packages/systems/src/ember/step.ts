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
import { brightnessOf, emberOverview, emberRelight, emberScene } from "./ember.ts";
import { emberCells, emberOverviewPx } from "./facts.ts";
import { type EmberLossWeights, emberLoss } from "./loss.ts";

/** The strongest darkening of dark pictures, as an exponent of the encoded values; half of them stay as they are. */
const greatestGamma = 1.3;

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
  const { low, high: target, rows, columns, gamma } = inputs;
  // Half of the draws lie below 0.5 and give the exponent 1.
  const exponent = add(mul(max(sub(mul(gamma, 2), 1), 0), greatestGamma - 1), 1);
  const darken = (x: Tensor) => pow(max(x, 0), exponent);
  const [image, overview] = [darken(low), darken(inputs.overview)];

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
