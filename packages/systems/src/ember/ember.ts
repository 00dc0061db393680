import {
  abs,
  add,
  type ConvolutionSettings,
  clip,
  concat,
  constant,
  convolution,
  div,
  encodedLight,
  enlargeTo,
  exp,
  globalAveragePool,
  linearLight,
  max,
  min,
  mul,
  reduceArea,
  reduceMax,
  reduceMean,
  reduceMin,
  reduceSum,
  relu,
  repeatPixels,
  type Scope,
  sigmoid,
  slice,
  sqrt,
  sub,
  type Tensor,
  tanh,
  zeros,
} from "@kindling/nets";
import { confidenceBias, type EmberAnalysis, emberAnalysis } from "./analysis.ts";
import {
  emberBrightness,
  emberFeatures,
  emberOverviewPx,
  emberTones,
  greatestBlack,
  greatestGain,
  keptAtWhite,
  whiteFrom,
} from "./facts.ts";
import { spread } from "./spread.ts";

// Ember: this project's own network, in the footsteps of KinD (arXiv 1905.04161) and HDRNet (arXiv 1707.02880): see
// docs/EMBER.md.

/** Channels of the overview at a half, a quarter, an eighth and a sixteenth of its size. */
const overviewWidths = [32, 48, 64, 96] as const;

/** Linear light below which a pixel counts as black: far less than a step of 16 bits. */
const leastLight = 1e-7;

/** What is left at least of an encoded value above black, whose root has a finite slope. */
const leastAbove = 1e-8;

/** Minus what a new network's share of the darkest area that is black is the sigmoid of: 0.05. */
const blackBias = 3;

/** The strongest colour balance, as a natural logarithm in the square-root domain. */
const greatestBalance = 0.7;

/** The strongest change of saturation, as a natural logarithm. */
const greatestSaturation = Math.LN2;

/** Output of the overview: what depends on the whole picture. */
export interface EmberOverview {
  /** [batch, 64, 1, 1]. */
  readonly features: Tensor;
  /** Gains of automatic light as natural logarithms, 0 to 4.5, at 8 tones of every cell: [batch, 8, 32, 32]. */
  readonly gains: Tensor;
  /** Gains of red, green and blue that remove the colour cast, 0.4 to 2.6, of geometric mean 1: [batch, 3, 32, 32]. */
  readonly balance: Tensor;
  /** Factors of saturation, 0.5 to 2: [batch, 1, 32, 32]. */
  readonly saturation: Tensor;
  /** The encoded values of black, 0 to 6 of 255, which the camera or its noise left: [batch, 3, 1, 1]. */
  readonly black: Tensor;
}

/** A picture ready to be lit at any level. */
export interface EmberScene {
  /** The picture without noise, black level and colour cast, as square roots, [batch, 3, height, width], 0 to 1. */
  readonly restored: Tensor;
  /** The gain of automatic light as a natural logarithm, [batch, 1, height, width], 0 to 4.5. */
  readonly gain: Tensor;
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
 * Decides the light from a reduced copy of the whole picture: a U-Net, whose output is a grid of gains at several tones, as
 * in HDRNet's bilateral grid (arXiv 1707.02880). So the light of a photo does not depend on its size in pixels.
 *
 * @param overview [batch, 3, 64, 64], 0 to 1: each pixel the mean of the area it covers.
 */
export function emberOverview(scope: Scope, overview: Tensor): EmberOverview {
  const [w1, w2, w3, w4] = overviewWidths;
  const halve = (name: string, x: Tensor, channels: number) =>
    relu(convolution(scope.at(name), x, { channels, stride: 2, padding: 1 }));
  const dense = (name: string, x: Tensor, settings: Omit<ConvolutionSettings, "kernel">) =>
    convolution(scope.at(name), x, { ...settings, kernel: 1 });
  const enlargeInto = (name: string, below: Tensor, skip: Tensor, channels: number) => {
    const joined = add(repeatPixels(dense(`${name}_join`, below, { channels }), 2), skip);
    return relu(convolution(scope.at(name), joined, { channels }));
  };
  const present = brightnessOf(overview); // [n, 1, 1, 1]
  const colours = spread(overview);
  // With the brightest channel there are 8: of 6, ONNX Runtime 1.30's convolution on a GPU gives wrong results.
  const seen = concat([colours, reduceMax(colours, [1])], 1); // [n, 4, 64, 64]
  const x1 = halve("conv1", concat([seen, mul(div(seen, present), 0.5)], 1), w1); // [n, 32, 32, 32]
  const x2 = halve("conv2", x1, w2); // [n, 48, 16, 16]
  const x3 = halve("conv3", x2, w3); // [n, 64, 8, 8]
  const x4 = halve("conv4", x3, w4); // [n, 96, 4, 4]
  const features = relu(dense("features", globalAveragePool(x4), { channels: emberFeatures })); // [n, 64, 1, 1]
  const u4 = relu(add(x4, dense("mood", features, { channels: w4 })));
  const u3 = enlargeInto("up3", u4, x3, w3); // [n, 64, 8, 8]
  const u2 = enlargeInto("up2", u3, x2, w2); // [n, 48, 16, 16]
  const u1 = enlargeInto("up1", u2, x1, w1); // [n, 32, 32, 32]
  const gains = convolution(scope.at("gains"), u1, { channels: emberTones, initialiser: zeros });
  const balance = mul(tanh(convolution(scope.at("balance"), u1, { channels: 3, initialiser: zeros })), greatestBalance);
  const saturation = tanh(convolution(scope.at("saturation"), u1, { channels: 1, initialiser: zeros }));
  const darkest = min(max(reduceMin(overview, [2, 3]), 0), greatestBlack); // [n, 3, 1, 1]
  const blackShare = sigmoid(sub(dense("black", features, { channels: 3, initialiser: zeros }), blackBias));
  return {
    features,
    gains: mul(sigmoid(sub(gains, 1.5)), greatestGain),
    balance: exp(sub(balance, reduceMean(balance, [1]))),
    saturation: exp(mul(saturation, greatestSaturation)),
    black: mul(darkest, blackShare),
  };
}

/**
 * Takes the black of a picture off: (x - black) / (1 - black), not below 0.
 *
 * @param roots square roots of encoded values, [batch, 3, height, width].
 * @param black encoded, [batch, 3, 1, 1].
 * @returns square roots again.
 */
export function aboveBlack(roots: Tensor, black: Tensor): Tensor {
  const values = mul(roots, max(roots, 0));
  return sqrt(max(div(sub(values, black), sub(1, black)), leastAbove));
}

/**
 * Removes noise, black level and colour cast, gives colours their saturation (the factor acts on their distance from the greatest
 * channel), and reads the gain of every pixel off the grid: at its place and its tone g = m / (m + brightness), with m the
 * greatest of its restored channels. What is nearly white keeps its value: it is not noisy, and a lamp or paper must stay as
 * white as it is. Bright parts do without a share of the gain, up to half at white.
 *
 * @param image [batch, 3, height, width], 0 to 1.
 * @param gains at the place of every pixel, [batch, 8, height, width].
 * @param balance at the place of every pixel, [batch, 3, height, width].
 * @param saturation at the place of every pixel, [batch, 1, height, width].
 * @param black of the whole picture, [batch, 3, 1, 1].
 * @param brightness of the whole picture, [batch, 1, 1, 1].
 */
export function emberScene(
  image: Tensor,
  { detail, confidence }: EmberAnalysis,
  { gains, balance, saturation, black, brightness }: Omit<EmberOverview, "features"> & { readonly brightness: Tensor },
): EmberScene {
  const roots = spread(image);
  const balanced = clip(mul(aboveBlack(add(roots, detail), black), balance), 0, 1);
  const greatest = reduceMax(balanced, [1]); // [n, 1, h, w]
  const cleaned = max(sub(greatest, mul(sub(greatest, balanced), saturation)), 0);
  const kept = smoothStep(div(sub(reduceMax(roots, [1]), whiteFrom), 1 - whiteFrom)); // [n, 1, h, w]
  const restored = add(cleaned, mul(kept, sub(roots, cleaned)));
  const brightest = reduceMax(restored, [1]);
  const tone = mul(div(brightest, add(brightest, brightness)), emberTones - 1); // [n, 1, h, w], 0 to 7
  const tones = constant(
    Float32Array.from({ length: emberTones }, (_, i) => i),
    [1, emberTones, 1, 1],
  );
  const shares = max(sub(1, abs(sub(tone, tones))), 0); // [n, 8, h, w]
  const held = sub(1, mul(smoothStep(sub(mul(brightest, 2), 1)), keptAtWhite)); // [n, 1, h, w]
  return { restored, gain: mul(mul(reduceSum(mul(gains, shares), [1]), confidence), held) };
}

/** Rises smoothly from 0 at 0 to 1 at 1. */
function smoothStep(x: Tensor): Tensor {
  const place = clip(x, 0, 1);
  return mul(mul(place, place), sub(3, mul(place, 2)));
}

/**
 * The quick part: lights a picture, pixel by pixel. With k = exp(gain), the greatest channel m becomes k m / ((k - 1) m + 1):
 * k times as much in the dark, and never beyond white. The others get as much more light as it does, so that the ratios of
 * the channels in linear light are kept, as by a longer exposure.
 *
 * @param gain natural logarithm, of any sign, [batch, 1, height, width].
 * @returns the enhanced picture, 0 to 1.
 */
export function emberRelight({ restored, gain }: EmberScene): Tensor {
  const k = exp(gain);
  const greatest = reduceMax(restored, [1]); // [n, 1, h, w]
  const lit = div(mul(k, greatest), add(mul(sub(k, 1), greatest), 1));
  const light = (root: Tensor) => linearLight(mul(root, root));
  const ratios = div(light(restored), max(light(greatest), leastLight));
  return encodedLight(mul(ratios, light(lit)));
}

/** The grids of an overview, at the place of every pixel of a picture. */
function enlarged(
  { gains, balance, saturation, black }: Omit<EmberOverview, "features">,
  image: Tensor,
): Omit<EmberOverview, "features"> {
  return {
    black,
    gains: enlargeTo(gains, image),
    balance: enlargeTo(balance, image),
    saturation: enlargeTo(saturation, image),
  };
}

/**
 * Ember from picture to picture at automatic light, both [batch, 3, height, width], 0 to 1. It sees the picture as it lies;
 * the inference takes the mean of its overview and that of its mirror image (mirrored-views.ts).
 */
export function ember(scope: Scope, image: Tensor): Tensor {
  const overview = reduceArea(image, emberOverviewPx);
  return emberByOverview(scope, image, overview, emberOverview(scope.at("overview"), overview));
}

/** Ember at automatic light, with what an overview decides given. */
export function emberByOverview(
  scope: Scope,
  image: Tensor,
  overview: Tensor,
  { features, ...grids }: EmberOverview,
): Tensor {
  const analysis = emberAnalysis(scope.at("analysis"), image, features);
  const brightness = brightnessOf(overview);
  return emberRelight(emberScene(image, analysis, { ...enlarged(grids, image), brightness }));
}

/**
 * Ember's light without its analysis: nothing is denoised, and the confidence is that of a new network everywhere. For
 * reduced pictures, whose noise is averaged away.
 *
 * @param image [batch, 3, height, width], 0 to 1, with sides that the overview's sides divide.
 */
export function emberLight(
  scope: Scope,
  image: Tensor,
): EmberOverview & EmberScene & Pick<EmberAnalysis, "confidence"> & { readonly enhanced: Tensor } {
  const overview = reduceArea(image, emberOverviewPx);
  const light = emberOverview(scope.at("overview"), overview);
  const nothing = mul(image, 0);
  const confidence = sigmoid(add(slice(nothing, 1, 0, 1), confidenceBias));
  const places = { ...enlarged(light, image), brightness: brightnessOf(overview) };
  const scene = emberScene(image, { detail: nothing, confidence }, places);
  return { ...light, ...scene, confidence, enhanced: emberRelight(scene) };
}
