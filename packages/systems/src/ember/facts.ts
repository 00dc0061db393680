// What the graphs, the training and the relighting of photos must agree on.

/** Side in pixels of the reduced copy of the whole picture that Ember looks at first. */
export const emberOverviewPx = 64;

/** Numbers by which the overview describes the picture to the analysis. */
export const emberFeatures = 64;

/** Light levels below this count as this: black stays black. */
export const leastRatio = 0.01;

/** The dimmest illumination and brightness, in the square-root domain: about one level of 255. */
export const leastIllumination = 0.06;

/** The strongest response to light. */
export const greatestResponse = 6;

/** Arithmetic on tensors of a graph or on plain numbers: what `emberBrightness` is computed with. */
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
 * How bright a picture is as Ember measures it: the mean of r = sqrt(max(R, G, B)) over its overview, each pixel
 * weighted by its own r, so that a black sky does not make a scene dark. The light level of a pair of exposures is the
 * quotient of theirs. Good exposures differ less by it than by the plain mean: see docs/EMBER.md.
 */
export function emberBrightness<Values, Value>(arithmetic: BrightnessArithmetic<Values, Value>): Value {
  const { brightest, sqrt, mean, max, div } = arithmetic;
  const squares = brightest();
  return div(mean(squares), max(mean(sqrt(squares)), 1e-4));
}
