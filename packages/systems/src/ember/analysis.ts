import {
  add,
  concat,
  constant,
  conv,
  convolution,
  cropTo,
  depthToSpace,
  gaussianBlur,
  mul,
  reduceMean,
  relu,
  repeatPixels,
  type Scope,
  sigmoid,
  slice,
  sub,
  type Tensor,
  zeros,
} from "@kindling/nets";
import { repeatEdgeToMultiple } from "@kindling/nets/internal";
import { enlargeBlocks } from "./enlarge-blocks.ts";
import { type Blur, blockPx, coarseBlur, coarseChannels, fineBlur, fineChannels, gridPx } from "./facts.ts";
import { flatBlocks } from "./flat-blocks.ts";
import { spread } from "./spread.ts";

// The costly part of Ember: see docs/EMBER.md.

/** Channels at a sixteenth of the picture's size. */
const bottomChannels = 96;

/** What a new network's confidence is the sigmoid of: 0.95. */
export const confidenceBias = 3;

/** Minus what a new network's shares of noise are the sigmoid of: 0.12. */
const shareBias = 2;

/** Output of the analysis: what depends on a pixel's surroundings. */
export interface EmberAnalysis {
  /** What is added to the square root of the picture to remove its noise, [batch, 3, height, width]. */
  readonly detail: Tensor;
  /** Share of the gain that the signal bears here, 0 to 1, [batch, 1, height, width]. */
  readonly confidence: Tensor;
}

/**
 * The costly part: finds the noise, and how much light the signal bears. A U-Net on blocks of 4x4 pixels in three parts, one
 * after the other; nothing but `features` depends on the whole picture, so each can run in tiles.
 *
 * @param image [batch, 3, height, width], 0 to 1 as encoded for display, of any size.
 * @param features [batch, 64, 1, 1], from `emberOverview`.
 */
export function emberAnalysis(scope: Scope, image: Tensor, features: Tensor): EmberAnalysis {
  const { fine, coarse } = emberEncoder(scope, image);
  return placePixels(image, emberDecoder(scope, { fine, context: emberContext(scope, coarse, features), features }));
}

/** What the encoder sees in a picture, whose sides count as multiples of 16: the last row and column are repeated. */
export interface EmberEncoding {
  /** [batch, 48, height / 4, width / 4]. */
  readonly fine: Tensor;
  /** [batch, 64, height / 8, width / 8]. */
  readonly coarse: Tensor;
}

/** The analysis's first part, which needs little around a pixel. */
export function emberEncoder(scope: Scope, image: Tensor): EmberEncoding {
  const roots = spread(repeatEdgeToMultiple(image, gridPx)); // [n, 3, h, w]
  const fine = level(scope, "down1", step(scope.at("blocks"), roots, fineChannels, blockPx), 1);
  return { fine, coarse: step(scope.at("halve2"), fine, coarseChannels, 2) };
}

/** The part that looks far around, at an eighth of the size: [n, 64, h/8, w/8] from the encoder's coarse map. */
export function emberContext(scope: Scope, coarse: Tensor, features: Tensor): Tensor {
  const d2 = level(scope, "down2", coarse, 2); // [n, 64, h/8, w/8]
  const b3 = modulate(scope.at("mood3"), step(scope.at("halve3"), d2, bottomChannels, 2), features);
  const d3 = level(scope, "bottom", b3, 3); // [n, 96, h/16, w/16]
  return level(scope, "up2", join(scope.at("join2"), d3, d2), 1); // [n, 64, h/8, w/8]
}

/**
 * What the decoder gives, in blocks of 4x4 pixels. Where pixels differ from block to block, the 16 of a block are channels one
 * after the other, row by row: `depthToSpace` puts them in their places.
 */
export interface EmberDecoding {
  /** Red, green and blue of the detail that shares of noise cannot express, [batch, 3 x 16, height / 4, width / 4]. */
  readonly detail: Tensor;
  /** Share of the finest grey detail that is noise, 0 to 1, [batch, 16, height / 4, width / 4]. */
  readonly fineShare: Tensor;
  /**
   * What changes smoothly from block to block, [batch, 3, height / 4, width / 4]: the shares of the coarser grey detail and of the colours
   * that are noise, and the confidence, of which the sigmoid counts once they are enlarged (`enlargeBlocks`).
   */
  readonly smooth: Tensor;
}

/** The last part, which needs little around a pixel again. */
export function emberDecoder(
  scope: Scope,
  { fine, context, features }: { readonly fine: Tensor; readonly context: Tensor; readonly features: Tensor },
): EmberDecoding {
  const joined = join(scope.at("join1"), context, fine);
  const u1 = level(scope, "up1", modulate(scope.at("mood1"), joined, features), 2); // [n, 48, h/4, w/4]
  return {
    detail: flatBlocks(scope.at("detail"), u1, 3),
    fineShare: sigmoid(sub(flatBlocks(scope.at("fine"), u1, 1), shareBias)),
    smooth: smoothMaps(scope, u1),
  };
}

/**
 * Puts pixels in their places, and computes the noise from its shares. Photos that are enhanced take no graph for it, but
 * `separatingSinks`.
 */
export function placePixels(image: Tensor, { detail, fineShare, smooth }: EmberDecoding): EmberAnalysis {
  const pixels = (blocks: Tensor) => depthToSpace(blocks, blockPx);
  const enlarged = sigmoid(pixels(enlargeBlocks(smooth))); // [n, 3, h, w]
  const shares = concat([pixels(fineShare), slice(enlarged, 1, 0, 2)], 1); // [n, 3, h, w]
  const noise = noiseOf(spread(repeatEdgeToMultiple(image, gridPx)), shares);
  return {
    detail: cropTo(sub(pixels(detail), noise), image),
    confidence: cropTo(slice(enlarged, 1, 2, 3), image),
  };
}

/**
 * The maps that change smoothly from block to block: they share a convolution, which ONNX Runtime computes for 16 channels at a
 * time however few there are.
 */
function smoothMaps(scope: Scope, x: Tensor): Tensor {
  const parameters = [
    { at: scope.at("coarse"), channels: 2 },
    { at: scope.at("confidence"), channels: 1 },
  ];
  const from = x.shape[1] as number;
  const weights = parameters.map(({ at, channels }) => at.parameter("weight", [channels, from, 3, 3], zeros));
  const biases = parameters.map(({ at, channels }) => at.parameter("bias", [channels], zeros));
  const maps = conv(x, concat(weights, 0), concat(biases, 0), { pads: [1, 1, 1, 1] }); // [n, 3, h/4, w/4]
  return add(maps, constant(Float32Array.of(-shareBias, -shareBias, confidenceBias), [1, 3, 1, 1]));
}

/** A convolution on windows that do not overlap. */
function step(scope: Scope, x: Tensor, channels: number, kernel: number): Tensor {
  return convolution(scope, x, { channels, kernel, stride: kernel, padding: 0 });
}

/** Residual blocks one after the other. */
function level(scope: Scope, name: string, x: Tensor, blocks: number): Tensor {
  return Array.from({ length: blocks }, (_, i) => scope.at(`${name}_${i + 1}`)).reduce(residualBlock, x);
}

/** Enlarges a map to twice its size, and adds it to what the encoder saw there. */
function join(scope: Scope, below: Tensor, skip: Tensor): Tensor {
  return add(repeatPixels(step(scope, below, skip.shape[1] as number, 1), 2), skip);
}

/**
 * Computes the noise as shares of what differs from the surroundings: of the grey picture between two Gaussians and from the
 * finer one, and of the colours. A convolution through blocks would have to carry all pixels of a block to remove their
 * noise; a share is one smooth number.
 *
 * @param roots square roots of the picture, [batch, 3, height, width].
 * @param shares of the finest grey detail, the coarser grey detail and the colours, [batch, 3, height, width], 0 to 1.
 */
function noiseOf(roots: Tensor, shares: Tensor): Tensor {
  const share = (channel: number) => slice(shares, 1, channel, channel + 1);
  const grey = reduceMean(roots, [1]); // [n, 1, h, w]
  const blur = (x: Tensor, { sigmaPx, radiusPx }: Blur) => gaussianBlur(x, sigmaPx, radiusPx, "edge");
  const smooth = blur(roots, coarseBlur); // [n, 3, h, w]
  const [fineGrey, smoothGrey] = [blur(grey, fineBlur), reduceMean(smooth, [1])];
  const greyNoise = add(mul(sub(grey, fineGrey), share(0)), mul(sub(fineGrey, smoothGrey), share(1)));
  const colours = sub(sub(roots, smooth), sub(grey, smoothGrey));
  return add(mul(colours, share(2)), greyNoise);
}

/** Adds the output of two convolutions to x; the second starts at zero, so the block starts as the identity. */
function residualBlock(x: Tensor, scope: Scope): Tensor {
  const channels = x.shape[1] as number;
  const inner = relu(convolution(scope.at("conv1"), x, { channels }));
  return add(x, convolution(scope.at("conv2"), inner, { channels, initialiser: zeros }));
}

/** Scales and shifts each channel of x by amounts that depend on the overview's features. */
function modulate(scope: Scope, x: Tensor, features: Tensor): Tensor {
  const channels = x.shape[1] as number;
  const dense = (name: string) => convolution(scope.at(name), features, { channels, kernel: 1, initialiser: zeros });
  return add(mul(x, add(dense("gain"), 1)), dense("offset"));
}
