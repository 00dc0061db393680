import {
  add,
  clip,
  concat,
  convolution,
  cropBorder,
  cropTo,
  greyOf,
  leakyRelu,
  maxPool2,
  mul,
  normal,
  type PixelCentres,
  padToMultiple,
  type Scope,
  sub,
  type Tensor,
  upsampleBilinear2,
} from "@kindling/nets";
import { type BatchNormaliser, byOwnStatistics, byRunningStatistics } from "@kindling/nets/internal";

// EnlightenGAN: Jiang, Gong, Liu, Cheng, Fang, Shen, Yang, Zhou and Wang, "EnlightenGAN: Deep Light Enhancement
// without Paired Supervision", IEEE TIP 2021, arXiv 1906.06972. Blocks follow the authors' code: convolution, leaky
// ReLU, batch normalisation, in this order; nine blocks, where the paper says eight.

const initialiser = normal(0, 0.02);

/** Output of the generator. */
export interface Enlightened {
  /** The enhanced picture, [batch, 3, height, width], -1 to 1; not clipped, so values may lie beyond. */
  readonly output: Tensor;
  /** The difference from the input: the last features times the attention, [batch, 3, height, width]. */
  readonly residual: Tensor;
}

/**
 * Computes how much each pixel needs light: 1 minus its luminance.
 *
 * @param image [batch, 3, height, width], -1 to 1.
 * @returns [batch, 1, height, width], 0 to 1.
 */
export function attentionOf(image: Tensor): Tensor {
  return sub(1, greyOf(mul(add(image, 1), 0.5), [0.299, 0.587, 0.114]));
}

/** What of EnlightenGAN's generator can be chosen. */
export interface EnlightenGanStructure {
  /** `off`: the paper's ablation without attention, which sees RGB alone and scales nothing by the darkness of a place. */
  readonly attention: "on" | "off";
  /** Statistics that batch normalisation has in use: `running` ones of the training, or those of each `picture` itself. */
  readonly statistics: "running" | "picture";
}

/** The paper's structure. */
export const paperStructure: EnlightenGanStructure = { attention: "on", statistics: "running" };

/**
 * The attention-guided U-Net generator.
 *
 * @param image [batch, 3, height, width], -1 to 1; no level crops sides that are multiples of 16.
 * @param attention [batch, 1, height, width], 0 to 1; undefined for the ablation without it.
 * @param centres of pixels in bilinear upsampling: `align_corners` for the published weights, whose framework upsampled
 * so; `half_pixel` for new trainings.
 * @param normalise batch normalisation: by running statistics to use the net (default), by the batch's to train it.
 */
export function enlightenGanGenerator(
  scope: Scope,
  image: Tensor,
  attention: Tensor | undefined,
  centres: PixelCentres,
  normalise: BatchNormaliser = byRunningStatistics,
): Enlightened {
  const active = (name: string, x: Tensor, channels: number) =>
    leakyRelu(convolution(scope.at(`conv${name}`), x, { channels, initialiser }), 0.2);
  const block = (name: string, x: Tensor, channels: number) =>
    normalise(scope.at(`bn${name}`), active(name, x, channels));
  const up = (level: number, x: Tensor, skip: Tensor, channels: number) => {
    const doubled = cropTo(upsampleBilinear2(x, centres), skip);
    const plain = convolution(scope.at(`deconv${level}`), doubled, { channels, initialiser });
    return concat([plain, skip], 1);
  };

  const halve = (map: Tensor | undefined) => map && maxPool2(map);
  const attend = (x: Tensor, map: Tensor | undefined) => (map ? mul(x, map) : x);
  const a1 = attention; // [n, 1, h, w]
  const a2 = halve(a1); // [n, 1, h/2, w/2]
  const a3 = halve(a2); // [n, 1, h/4, w/4]
  const a4 = halve(a3); // [n, 1, h/8, w/8]
  const a5 = halve(a4); // [n, 1, h/16, w/16]

  const b1 = block("1_2", block("1_1", a1 ? concat([image, a1], 1) : image, 32), 32); // [n, 32, h, w]
  const b2 = block("2_2", block("2_1", maxPool2(b1), 64), 64); // [n, 64, h/2, w/2]
  const b3 = block("3_2", block("3_1", maxPool2(b2), 128), 128); // [n, 128, h/4, w/4]
  const b4 = block("4_2", block("4_1", maxPool2(b3), 256), 256); // [n, 256, h/8, w/8]
  const b5 = block("5_2", attend(block("5_1", maxPool2(b4), 512), a5), 512); // [n, 512, h/16, w/16]
  const b6 = block("6_2", block("6_1", up(5, b5, attend(b4, a4), 256), 256), 256); // [n, 256, h/8, w/8]
  const b7 = block("7_2", block("7_1", up(6, b6, attend(b3, a3), 128), 128), 128); // [n, 128, h/4, w/4]
  const b8 = block("8_2", block("8_1", up(7, b7, attend(b2, a2), 64), 64), 64); // [n, 64, h/2, w/2]
  const b9 = active("9_2", block("9_1", up(8, b8, attend(b1, a1), 32), 32), 32); // [n, 32, h, w]
  const latent = convolution(scope.at("conv10"), b9, { channels: 3, kernel: 1, initialiser }); // [n, 3, h, w]

  const residual = attend(latent, a1);
  return { output: add(residual, image), residual };
}

/**
 * EnlightenGAN on pictures of any size: mirrors the edges out to multiples of 16 px, and crops the result back.
 *
 * Departure from the authors' code: pictures wider than 2200 px are not halved first.
 *
 * @param image [batch, 3, height, width], -1 to 1.
 * @param structure the paper's if not given.
 */
export function enlightenGanPadded(
  scope: Scope,
  image: Tensor,
  centres: PixelCentres,
  { attention, statistics }: EnlightenGanStructure = paperStructure,
): Enlightened {
  const padded = padToMultiple(image, 16);
  const map = attention === "on" ? attentionOf(padded) : undefined;
  const normalise = normaliserInUse(statistics);
  const { output, residual } = enlightenGanGenerator(scope, padded, map, centres, normalise);
  return { output: cropBorder(output, image), residual: cropBorder(residual, image) };
}

/** The batch normalisation of the generator in use. */
export function normaliserInUse(statistics: EnlightenGanStructure["statistics"]): BatchNormaliser {
  return { running: byRunningStatistics, picture: byOwnStatistics }[statistics];
}

/** EnlightenGAN from picture to picture, both 0 to 1. */
export function enlightenGan(
  scope: Scope,
  image: Tensor,
  centres: PixelCentres,
  structure?: EnlightenGanStructure,
): Tensor {
  const { output } = enlightenGanPadded(scope, sub(mul(image, 2), 1), centres, structure);
  return clip(mul(add(output, 1), 0.5), 0, 1);
}

/** The size of a discriminator. */
export interface DiscriminatorSize {
  /** Number of convolutions of stride 2. */
  readonly halvings: number;
  /** Channels after the first convolution. */
  readonly channels: number;
}

/** The global discriminator, of pictures of 320x320. */
export const globalDiscriminatorSize: DiscriminatorSize = { halvings: 5, channels: 64 };

/** The local discriminator, of patches of 32x32. */
export const localDiscriminatorSize: DiscriminatorSize = { halvings: 4, channels: 64 };

/**
 * Scores how much a picture looks well lit, not enhanced, patch by patch. The global and the local discriminator share
 * this design: no normalisation, and no sigmoid, because of the least-squares losses.
 *
 * @param image [batch, 3, height, width], -1 to 1.
 * @returns scores [batch, 1, rows, columns].
 */
export function enlightenGanDiscriminator(
  scope: Scope,
  image: Tensor,
  { halvings, channels }: DiscriminatorSize,
): Tensor {
  const conv = (layer: number, x: Tensor, outputs: number, stride: number) =>
    convolution(scope.at(`conv${layer}`), x, { channels: outputs, kernel: 4, stride, padding: 2, initialiser });
  const widest = 8 * channels;

  let x = image;
  for (let layer = 1; layer <= halvings; layer++) {
    x = leakyRelu(conv(layer, x, Math.min(channels * 2 ** (layer - 1), widest), 2), 0.2); // sides n to floor(n / 2) + 1
  }
  x = leakyRelu(conv(halvings + 1, x, widest, 1), 0.2); // sides n to n + 1
  return conv(halvings + 2, x, 1, 1);
}
