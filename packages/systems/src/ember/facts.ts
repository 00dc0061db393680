// Constants that the graphs, the training and the inference share.

/** Side in pixels of the overview, the reduced copy of the whole picture. */
export const emberOverviewPx = 64;

/** Number of features that the overview passes to the analysis. */
export const emberFeatures = 64;

/** Cells a side of the grids of gains and colour balance, which cover the whole picture. */
export const emberCells = 32;

/** Tones at which each cell has a gain; between them the gain is interpolated. */
export const emberTones = 8;

/** Side in pixels of the block that one position of the analysis's finest features covers. */
export const blockPx = 4;

/** Grid of the tiles in pixels: the analysis's coarsest features have a sixteenth of the picture's sides. */
export const gridPx = 16;

/** Channels of the analysis at a quarter of the picture's size. */
export const fineChannels = 48;

/** Channels of the analysis at an eighth of the picture's size. */
export const coarseChannels = 64;

/** A Gaussian that is cut off at a distance, which is a whole number. */
export interface Blur {
  readonly sigmaPx: number;
  readonly radiusPx: number;
}

/** The two Gaussians between which detail can be noise. */
export const fineBlur: Blur = { sigmaPx: 1, radiusPx: 2 };
export const coarseBlur: Blur = { sigmaPx: 2.5, radiusPx: 5 };

/** Pixels of a photo from which on its noise, several pixels wide, may be found at half its sides. */
export const fastFromPixels = 4e6;

/** The greatest gain of automatic light, as a natural logarithm in the square-root domain. */
export const greatestGain = 4.5;

/** The brightest black, as an encoded value. */
export const greatestBlack = 6 / 255;

/** The least brightness of a picture that counts, in the square-root domain: about one level of 255. */
const leastBrightness = 0.06;

/** Greatest channel, as a square root, from which pixels are kept rather than restored, smoothly up to white. */
export const whiteFrom = 0.9;

/** Share of the gain of automatic light that white does without; skies and lamps keep their drawing. */
export const keptAtWhite = 0.5;

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
 * own r, so that a black sky does not make a scene dark. At least `leastBrightness`.
 */
export function emberBrightness<Values, Value>(arithmetic: BrightnessArithmetic<Values, Value>): Value {
  const { brightest, sqrt, mean, max, div } = arithmetic;
  const squares = brightest();
  return max(div(mean(squares), max(mean(sqrt(squares)), 1e-4)), leastBrightness);
}
