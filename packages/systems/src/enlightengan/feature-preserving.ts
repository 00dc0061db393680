import {
  add,
  concat,
  constant,
  instanceNormalization,
  meanSquaredError,
  mul,
  slice,
  type Tensor,
} from "@kindling/nets";

/**
 * The self feature preserving loss: what a picture shows stays the same while its light changes. The mean squared
 * difference of features, each channel of each picture brought to mean 0 and variance 1. Source: Jiang et al.,
 * arXiv 1906.06972, eq. 5, with the instance normalisation of section 3.2.
 *
 * @param features of the enhanced picture, [batch, channels, height, width], the channels in numbers.
 * @param original features of the picture before.
 */
export function featurePreservingLoss(features: Tensor, original: Tensor): Tensor {
  return meanSquaredError(normalised(features), normalised(original));
}

function normalised(features: Tensor): Tensor {
  const channels = features.shape[1] as number;
  const filled = (value: number) => constant(new Float32Array(channels).fill(value));
  return instanceNormalization(features, filled(1), filled(0));
}

/**
 * A picture as the VGG networks that were trained with Caffe take it: RGB of -1 to 1 becomes BGR of 0 to 255.
 * Departure from those networks, as in EnlightenGAN's code: the mean colour is not subtracted.
 *
 * @param image [batch, 3, height, width].
 */
export function caffeColours(image: Tensor): Tensor {
  const [red, green, blue] = [0, 1, 2].map((channel) => slice(image, 1, channel, channel + 1)) as [
    Tensor,
    Tensor,
    Tensor,
  ];
  return mul(add(concat([blue, green, red], 1), 1), 127.5);
}
