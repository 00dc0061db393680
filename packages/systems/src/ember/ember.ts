import {
  add,
  type ConvolutionSettings,
  clip,
  concat,
  constant,
  conv,
  convolution,
  cropTo,
  depthToSpace,
  div,
  exp,
  expand,
  globalAveragePool,
  integers,
  type Layers,
  log,
  max,
  mul,
  pad,
  reduceArea,
  reduceMax,
  reduceMean,
  relu,
  repeatPixels,
  reshape,
  type Scope,
  sigmoid,
  slice,
  sqrt,
  sub,
  type Tensor,
  zeros,
} from "@kindling/nets";
import { repeatEdgeToMultiple } from "@kindling/nets/internal";
import {
  emberBrightness,
  emberFeatures,
  emberOverviewPx,
  greatestResponse,
  leastIllumination,
  leastRatio,
} from "./facts.ts";

// Ember: this project's own network, in the footsteps of KinD (arXiv 1905.04161): see docs/EMBER.md.

/** Channels at a quarter, an eighth and a sixteenth of the picture's size. */
const widths = [48, 64, 96] as const;

/** Side in pixels of the block that one position of the finest features covers. */
const blockPx = 4;

/** Grid of the tiles in pixels: the coarsest features have a sixteenth of the picture's sides. */
const gridPx = 16;

/** Least and greatest light level that Ember predicts. */
const lightRange = [0.2, 5] as const;

/** Output of the overview. */
export interface EmberOverview {
  /** [batch, 64, 1, 1]. */
  readonly features: Tensor;
  /** The predicted light level, [batch, 1, 1, 1], 0.2 to 5. */
  readonly light: Tensor;
}

/** Output of the analysis: maps that do not depend on the light level. */
export interface EmberAnalysis extends Layers {
  /** How strongly each region responds to the light level, [batch, 1, height, width], 0 to 6. */
  readonly response: Tensor;
}

/**
 * Takes the square root of encoded values, which gives dark values a larger share of the range.
 *
 * @param image 0 to 1.
 */
function spread(image: Tensor): Tensor {
  return sqrt(max(image, 0));
}

/**
 * Computes `emberBrightness` as a graph.
 *
 * @param overview [batch, 3, 64, 64], 0 to 1.
 * @returns [batch, 1, 1, 1].
 */
export function brightnessOf(overview: Tensor): Tensor {
  return emberBrightness<Tensor, Tensor>({
    brightest: () => max(reduceMax(overview, [1]), 0), // [n, 1, 64, 64]
    sqrt,
    mean: (x) => reduceMean(x, [1, 2, 3]),
    max,
    div,
  });
}

/**
 * Describes the whole picture from a reduced copy, and predicts its light level.
 *
 * The net predicts the brightness of the result; the level is that over the picture's own brightness, so the net need not
 * learn how dark the picture is.
 *
 * @param overview [batch, 3, 64, 64], 0 to 1: each pixel the mean of the area it covers.
 */
export function emberOverview(scope: Scope, overview: Tensor): EmberOverview {
  const halve = (name: string, x: Tensor, channels: number) =>
    relu(convolution(scope.at(name), x, { channels, stride: 2, padding: 1 }));
  const present = max(brightnessOf(overview), leastIllumination); // [n, 1, 1, 1]
  const colours = spread(overview);
  // With the brightest channel there are 8: of 6, ONNX Runtime 1.30's convolution on a GPU gives wrong results.
  const seen = concat([colours, reduceMax(colours, [1])], 1); // [n, 4, 64, 64]
  const x1 = halve("conv1", concat([seen, mul(div(seen, present), 0.5)], 1), 24); // [n, 24, 32, 32]
  const x2 = halve("conv2", x1, 32); // [n, 32, 16, 16]
  const x3 = halve("conv3", x2, 48); // [n, 48, 8, 8]
  const x4 = halve("conv4", x3, emberFeatures); // [n, 64, 4, 4]
  const dense = (name: string, x: Tensor, settings: Omit<ConvolutionSettings, "kernel">) =>
    convolution(scope.at(name), x, { ...settings, kernel: 1 });
  const features = relu(dense("features", globalAveragePool(x4), { channels: emberFeatures })); // [n, 64, 1, 1]
  const wanted = sigmoid(dense("light", features, { channels: 1, initialiser: zeros }));
  return { features, light: clip(div(wanted, present), ...lightRange) };
}

/**
 * The costly part: removes noise and colour cast, and separates reflectance from illumination. A U-Net on blocks of 4x4
 * pixels; nothing but `features` depends on the whole picture, so the net can run in tiles.
 *
 * @param image [batch, 3, height, width], 0 to 1 as encoded for display, of any size.
 * @param features [batch, 64, 1, 1], from `emberOverview`.
 */
export function emberAnalysis(scope: Scope, image: Tensor, features: Tensor): EmberAnalysis {
  const [w1, w2, w3] = widths;
  const step = (name: string, x: Tensor, channels: number, kernel: number) =>
    convolution(scope.at(name), x, { channels, kernel, stride: kernel, padding: 0 });
  const level = (name: string, x: Tensor, blocks: number) =>
    Array.from({ length: blocks }, (_, i) => scope.at(`${name}_${i + 1}`)).reduce(residualBlock, x);
  const join = (name: string, below: Tensor, skip: Tensor) =>
    add(repeatPixels(step(name, below, skip.shape[1] as number, 1), 2), skip);

  const s = spread(repeatEdgeToMultiple(image, gridPx)); // [n, 3, h, w]
  const d1 = level("down1", step("blocks", s, w1, blockPx), 1); // [n, 48, h/4, w/4]
  const d2 = level("down2", step("halve2", d1, w2, 2), 2); // [n, 64, h/8, w/8]
  const b3 = modulate(scope.at("mood3"), step("halve3", d2, w3, 2), features);
  const d3 = level("bottom", b3, 3); // [n, 96, h/16, w/16]
  const u2 = level("up2", join("join2", d3, d2), 1); // [n, 64, h/8, w/8]
  const u1 = level("up1", modulate(scope.at("mood1"), join("join1", u2, d1), features), 2); // [n, 48, h/4, w/4]

  const detail = flatDepthToSpace(scope.at("detail"), u1, 3); // [n, 3, h, w]
  const smooth = convolution(scope.at("smooth"), u1, { channels: 5, initialiser: zeros }); // [n, 5, h/4, w/4]
  const part = (start: number, end: number) => enlarge(slice(smooth, 1, start, end)); // [n, 3 or 1, h, w]
  const illumination = add(mul(sigmoid(part(3, 4)), 1 - leastIllumination), leastIllumination);
  const restored = add(mul(s, add(part(0, 3), 1)), detail);
  const reflectance = clip(div(restored, illumination), 0, 1);
  const response = mul(sigmoid(sub(part(4, 5), 0.7)), greatestResponse);
  return {
    reflectance: cropTo(reflectance, image),
    illumination: cropTo(illumination, image),
    response: cropTo(response, image),
  };
}

/**
 * The quick part: brings an analysed picture to a light level, pixel by pixel. With k = level^response the illumination
 * becomes k L / (k L + 1 - L): k times brighter in the dark, never beyond 1, unchanged at level 1, brighter with every
 * step up.
 *
 * @param ratio the wanted light divided by the present light, 0 or more: [batch, 1, height, width] for a level at every
 * pixel, or [batch, 1, 1, 1].
 * @returns the enhanced picture, 0 to 1.
 */
export function emberRelight({ reflectance, illumination, response }: EmberAnalysis, ratio: Tensor): Tensor {
  const gain = exp(mul(response, log(max(ratio, leastRatio))));
  const light = mul(gain, illumination);
  const lit = div(light, add(light, sub(1, illumination)));
  const root = mul(reflectance, lit);
  return mul(root, root);
}

/** Ember from picture to picture, both [batch, 3, height, width], 0 to 1, at the predicted light level. */
export function ember(scope: Scope, image: Tensor): Tensor {
  const { features, light } = emberOverview(scope.at("overview"), reduceArea(image, emberOverviewPx));
  return emberRelight(emberAnalysis(scope.at("analysis"), image, features), light);
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

/** For each row of a block, the weights in sixteenths of the block above, its own and the block below. */
const interpolation = [
  [6, 10, 0],
  [3, 12, 1],
  [1, 12, 3],
  [0, 10, 6],
] as const;

/**
 * Enlarges maps from blocks to pixels by smooth interpolation: bilinear doubling (half-pixel centres, edges repeated)
 * twice, in one step. It is a convolution, since ONNX Runtime's Resize works on 16 channels at a time however few there
 * are.
 */
function enlarge(x: Tensor): Tensor {
  const channels = x.shape[1] as number;
  const phases = interpolation.flatMap((down) =>
    interpolation.map((across) => down.flatMap((row) => across.map((column) => (row * column) / 256))),
  );
  const nothing = new Array<number>(9).fill(0);
  const every = Array.from({ length: channels }, (_, channel) => channel);
  const kernel = every.flatMap((to) =>
    phases.flatMap((phase) => every.flatMap((from) => (from === to ? phase : nothing))),
  );
  const bordered = pad(x, [0, 0, 1, 1, 0, 0, 1, 1], "edge");
  const weight = constant(Float32Array.from(kernel), [channels * phases.length, channels, 3, 3]);
  return depthToSpace(conv(bordered, weight), blockPx);
}

/**
 * Turns each position into a block of 4x4 pixels. Constant features give constant pixels, so no grid shows in flat areas.
 *
 * All 16 pixels of a block share one 1x1 convolution and one bias. Each also has a 3x3 convolution of its own, from whose
 * window the mean is subtracted for every input channel, so that it responds to differences alone.
 */
export function flatDepthToSpace(scope: Scope, x: Tensor, channels: number): Tensor {
  const from = x.shape[1] as number;
  const phases = blockPx ** 2;
  const shared = scope.parameter("shared", [channels, from, 1, 1], zeros);
  const apart = scope.parameter("apart", [channels * phases, from, 3, 3], zeros);
  const bias = scope.parameter("bias", [channels], zeros);
  const perPhase = (tensor: Tensor, size: number, shape: readonly number[]) =>
    reshape(expand(reshape(tensor, [channels, 1, size]), integers([channels, phases, size])), shape);
  const centre = pad(perPhase(shared, from, [channels * phases, from, 1, 1]), [0, 0, 1, 1, 0, 0, 1, 1]);
  const weight = add(sub(apart, reduceMean(apart, [2, 3])), centre);
  return depthToSpace(conv(x, weight, perPhase(bias, 1, [channels * phases]), { pads: [1, 1, 1, 1] }), blockPx);
}
