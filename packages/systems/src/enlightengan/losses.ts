import {
  type AdversarialLoss,
  add,
  concat,
  constant,
  div,
  instanceNormalization,
  max,
  meanOf,
  meanSquaredError,
  mul,
  reduceMean,
  slice,
  sub,
  type Tensor,
} from "@kindling/nets";

const towards = (scores: Tensor, label: number) => meanSquaredError(scores, constant(label));
const half = (a: Tensor, b: Tensor) => mul(add(a, b), 0.5);

/**
 * Relativistic average least squares: real pictures should score 1 above the mean of generated ones, and the reverse.
 * Source: Jiang et al., arXiv 1906.06972, eqs. 3 and 4, halved as in the authors' code.
 */
export const relativisticLeastSquares: AdversarialLoss = {
  generator: (real, fake) => half(towards(sub(real, meanOf(fake)), 0), towards(sub(fake, meanOf(real)), 1)),
  discriminator: (real, fake) => half(towards(sub(real, meanOf(fake)), 1), towards(sub(fake, meanOf(real)), 0)),
};

/**
 * The self feature preserving loss keeps what a picture shows while its light changes: the mean squared difference of
 * features, each channel of each picture brought to mean 0 and variance 1. Source: Jiang et al., arXiv 1906.06972, eq. 5,
 * with the instance normalisation of section 3.2.
 *
 * @param features of the enhanced picture, [batch, channels, height, width]; the number of channels is fixed.
 * @param original features of the picture before it was enhanced, of the same shape.
 */
export function featurePreservingLoss(features: Tensor, original: Tensor): Tensor {
  return meanSquaredError(standardise(features), standardise(original));
}

/** The mean that `equaliseBrightness` brings pictures to, of 0 to 1. */
const equalMean = 0.5;

/** The least mean that counts, of 0 to 1: nothing is in a picture that is darker. */
const leastMean = 0.01;

/**
 * Brings every picture to the same mean by a factor, so that a comparison does not see how bright they are. Ours, not the
 * paper's: instance normalisation leaves so much of the brightness in the features that a dark result costs less than a
 * bright one.
 *
 * @param image [batch, 3, height, width], -1 to 1; the result may lie beyond.
 */
export function equaliseBrightness(image: Tensor): Tensor {
  const levels = mul(add(image, 1), 0.5);
  const factor = div(equalMean, max(reduceMean(levels, [1, 2, 3]), leastMean)); // [n, 1, 1, 1]
  return sub(mul(mul(levels, factor), 2), 1);
}

function standardise(features: Tensor): Tensor {
  const channels = features.shape[1] as number;
  const filled = (value: number) => constant(new Float32Array(channels).fill(value));
  return instanceNormalization(features, filled(1), filled(0));
}

/**
 * Converts a picture to the input of VGG networks trained with Caffe: RGB from -1 to 1 becomes BGR from 0 to 255.
 * Departure from those networks, as in EnlightenGAN's code: the mean colour is not subtracted.
 *
 * @param image [batch, 3, height, width], -1 to 1.
 */
export function caffeColours(image: Tensor): Tensor {
  const [red, green, blue] = [0, 1, 2].map((channel) => slice(image, 1, channel, channel + 1)) as [
    Tensor,
    Tensor,
    Tensor,
  ];
  return mul(add(concat([blue, green, red], 1), 1), 127.5);
}
