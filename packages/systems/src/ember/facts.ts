// Constants that the graphs, the training and the inference share.

/** Side in pixels of the overview, the reduced copy of the whole picture. */
export const emberOverviewPx = 64;

/** Number of features that the overview passes to the analysis. */
export const emberFeatures = 64;

/** The least light level that is computed; lower ones are raised to it, because their logarithm is used. */
export const leastRatio = 0.01;

/** The greatest ratio by which a photo is lit; the training goes up to about 5. */
export const greatestRatio = 64;

/** The dimmest illumination and brightness, in the square-root domain: about one level of 255. */
export const leastIllumination = 0.06;

/** The strongest response to the light level. */
export const greatestResponse = 6;

/** The arithmetic of `emberBrightness`: on tensors of a graph, or on plain numbers. */
export interface BrightnessArithmetic<Values, Value> {
  /** The largest of red, green and blue of every pixel, not below 0. */
  brightest(): Values;
  sqrt(values: Values): Values;
  /** The mean over all pixels of a picture. */
  mean(values: Values): Value;
  max(value: Value, least: number): Value;
  div(value: Value, by: Value): Value;
}

/**
 * Computes Ember's measure of brightness: the mean of r = sqrt(max(R, G, B)) over the overview, each pixel weighted by its
 * own r, so that a black sky does not make a scene dark. The light level between two exposures is the quotient of their
 * brightnesses. Well exposed photos vary less in it than in the plain mean: see docs/EMBER.md.
 */
export function emberBrightness<Values, Value>(arithmetic: BrightnessArithmetic<Values, Value>): Value {
  const { brightest, sqrt, mean, max, div } = arithmetic;
  const squares = brightest();
  return div(mean(squares), max(mean(sqrt(squares)), 1e-4));
}
