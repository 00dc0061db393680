import {
  add,
  averageBlocks2,
  constant,
  conv,
  type LossTerms,
  max,
  meanOf,
  meanSquaredError,
  mul,
  reduceMean,
  reduceSum,
  slice,
  sqrt,
  sub,
  sumOfSquares,
  type Tensor,
  weighTerms,
} from "@kindling/nets";

// Zero-DCE: Guo et al., arXiv 2001.06826, section 3.3. Where the paper and the authors' code differ, this is the code,
// which the published weights come from.

/** What each term counts, and the brightness that pictures should have. */
export interface ZeroDceLossSettings {
  readonly spatial: number;
  readonly exposure: number;
  readonly colour: number;
  readonly smooth: number;
  /** The mean that every region should have, 0 to 1: the paper's E. */
  readonly brightness: number;
}

/** As in the authors' code. The paper prints 1, 1, 0.5 and 20, which is `spatial` 10 here: ten times as much of each. */
export const zeroDceLossSettings: ZeroDceLossSettings = {
  spatial: 1,
  exposure: 10,
  colour: 5,
  smooth: 200,
  brightness: 0.6,
};

/**
 * Zero-DCE's loss, which needs no reference (eq. 8).
 *
 * @param image [batch, 3, height, width], 0 to 1, sides of 16 or more.
 * @param curves what was found for it, [batch, channels, height, width].
 * @param enhanced the picture under these curves.
 */
export function zeroDceLoss(
  image: Tensor,
  curves: Tensor,
  enhanced: Tensor,
  { brightness, ...weights }: ZeroDceLossSettings = zeroDceLossSettings,
): LossTerms {
  return weighTerms(
    {
      spatial: spatialConsistency(image, enhanced),
      exposure: exposureError(enhanced, brightness),
      colour: colourCast(enhanced),
      smooth: variation(curves),
    },
    weights,
  );
}

/** The differences from each pixel to its left, right, upper and lower neighbour. */
const neighbourDifferences = constant(
  [
    [0, 0, 0, -1, 1, 0, 0, 0, 0],
    [0, 0, 0, 0, 1, -1, 0, 0, 0],
    [0, -1, 0, 0, 1, 0, 0, 0, 0],
    [0, 0, 0, 0, 1, 0, 0, -1, 0],
  ].flat(),
  [4, 1, 3, 3],
);

/**
 * How far the contrast of neighbouring regions of 4x4 pixels changes (eq. 4). As in the code, differences keep their
 * sign, where the paper compares their sizes, and outside the picture lies black.
 */
function spatialConsistency(image: Tensor, enhanced: Tensor): Tensor {
  const change = sub(blocks(channelMean(image), 2), blocks(channelMean(enhanced), 2)); // [n, 1, h/4, w/4]
  const differences = conv(change, neighbourDifferences, undefined, { pads: [1, 1, 1, 1] }); // [n, 4, h/4, w/4]
  return meanOf(reduceSum(mul(differences, differences), [1]));
}

/** How far regions of 16x16 pixels lie from a brightness (eq. 5), squared as in the code. */
function exposureError(enhanced: Tensor, brightness: number): Tensor {
  return meanSquaredError(blocks(channelMean(enhanced), 4), constant(brightness));
}

/**
 * How far the channels' means lie apart: grey world (eq. 6). As in the code: the root of the squares of the squared
 * differences. Departure: the root is kept above zero, where it has no gradient: crops may be all black or white.
 */
function colourCast(enhanced: Tensor): Tensor {
  const means = reduceMean(enhanced, [2, 3]); // [n, 3, 1, 1]
  const [red, green, blue] = [0, 1, 2].map((channel) => slice(means, 1, channel, channel + 1)) as [
    Tensor,
    Tensor,
    Tensor,
  ];
  const square = (x: Tensor) => mul(x, x);
  const apart = (a: Tensor, b: Tensor) => square(square(sub(a, b)));
  return meanOf(sqrt(max(add(add(apart(red, green), apart(red, blue)), apart(green, blue)), 1e-20)));
}

/**
 * Illumination smoothness: the total variation of the curve parameters (eq. 7). As in the code: the squares along each
 * axis are summed over all channels and averaged over the positions of one, and both axes count twice.
 */
function variation(curves: Tensor): Tensor {
  const batch = curves.shape[0] as number;
  const along = (axis: number) => {
    const side = curves.shape[axis] as number;
    const step = sub(slice(curves, axis, 1, side), slice(curves, axis, 0, side - 1));
    const positions = (step.shape[2] as number) * (step.shape[3] as number);
    return mul(sumOfSquares(step), 2 / (positions * batch));
  };
  return add(along(2), along(3));
}

/** [batch, 1, height, width]. */
function channelMean(x: Tensor): Tensor {
  return reduceMean(x, [1]);
}

/** Means over blocks of 2^times pixels a side. */
function blocks(x: Tensor, times: number): Tensor {
  return times === 0 ? x : blocks(averageBlocks2(x), times - 1);
}
