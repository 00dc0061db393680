import { columnsIn, crop, type Feeds, feedInputs, rowsIn, type StepSettings, whole } from "@kindling/lab";
import { createScope, meanSquaredError, sampleBilinear, type TrainingStep, trainingStep } from "@kindling/nets";
import { gridCells, hdrnetOverviewPx } from "./facts.ts";
import { applyAffine, hdrnetCoefficients, hdrnetGuide, sliceGrid } from "./hdrnet.ts";

/** Crops of a pair, the whole dark picture reduced for the grid, and the place of each crop in the grid. */
export const hdrnetFeeds = {
  low: crop("dark"),
  high: crop("bright"),
  overview: whole("dark", hdrnetOverviewPx, "nearest"),
  rows: rowsIn(gridCells, "bilinear"),
  columns: columnsIn(gridCells, "bilinear"),
} satisfies Feeds;

/**
 * Builds a training step of HDRNet: the grid comes of the whole picture, and is applied to a crop of it. The loss is the
 * mean squared error (section 3.5).
 */
export function hdrnetStep(settings: StepSettings): TrainingStep {
  const inputs = feedInputs(hdrnetFeeds, settings);
  const { low, high, overview, rows, columns } = inputs;
  const scope = createScope();
  const grid = sampleBilinear(hdrnetCoefficients(scope.at("coefficients"), overview), rows, columns);
  const enhanced = applyAffine(low, sliceGrid(grid, hdrnetGuide(scope.at("guide"), low)));
  return trainingStep({
    ...settings,
    name: "hdrnet",
    inputs: Object.values(inputs),
    loss: { total: meanSquaredError(enhanced, high) },
  });
}
