import {
  add,
  cast,
  clip,
  concat,
  constant,
  conv,
  convolution,
  enlargeTo,
  equal,
  floor,
  gather,
  type Initialiser,
  integers,
  matMul,
  max,
  mul,
  normal,
  relu,
  reshape,
  resizeNearest,
  type Scope,
  slice,
  sqrt,
  sub,
  type Tensor,
  transpose,
  unsqueeze,
  zeros,
} from "@kindling/nets";
import { affineSize, binSmoothing, gridBins, hdrnetOverviewPx } from "./facts.ts";

// HDRNet: Gharbi, Chen, Barron, Hasinoff and Durand, "Deep Bilateral Learning for Real-Time Image Enhancement",
// SIGGRAPH 2017, arXiv 1707.02880, with the authors' code for what the paper leaves open.

/** Normal distribution whose deviation keeps the variance of signals through ReLU: He et al., arXiv 1502.01852. */
const he: Initialiser = (shape, random) =>
  normal(0, Math.sqrt(2 / shape.slice(1).reduce((product, side) => product * side, 1)))(shape, random);

/** Gives the values of a function of the position, one after the other. */
function byPosition(value: (i: number) => number): Initialiser {
  return () => {
    let i = 0;
    return () => value(i++);
  };
}

/** The grid that leaves every colour as it is: 1 where a channel maps to itself. */
const identityGrid = byPosition((channel) => {
  const entry = Math.floor(channel / gridBins); // 3 * input + output
  return entry < 9 && entry % 4 === 0 ? 1 : 0;
});

/**
 * The coefficient net: local features of the overview and one vector of global ones become a bilateral grid of affine
 * maps (sections 3.1.1 to 3.1.3).
 *
 * Departure: the grid begins as the identity, about which the last layer's weights are drawn; the authors' begins at
 * weights alone, and learns the identity first.
 *
 * @param overview the whole picture reduced to 256x256, [batch, 3, 256, 256], 0 to 1.
 * @returns [batch, 96, 16, 16]; the channel is (3 * input + output) * 8 + bin, with inputs red, green, blue and 1.
 */
export function hdrnetCoefficients(scope: Scope, overview: Tensor): Tensor {
  const layer = (name: string, x: Tensor, channels: number, stride = 1) =>
    relu(convolution(scope.at(name), x, { channels, stride, initialiser: he }));

  const s1 = layer("splat1", overview, 8, 2); // [n, 8, 128, 128]
  const s2 = layer("splat2", s1, 16, 2); // [n, 16, 64, 64]
  const s3 = layer("splat3", s2, 32, 2); // [n, 32, 32, 32]
  const s4 = layer("splat4", s3, 64, 2); // [n, 64, 16, 16]

  const g2 = layer("global2", layer("global1", s4, 64, 2), 64, 2); // [n, 64, 4, 4]
  const flat = reshape(transpose(g2, [0, 2, 3, 1]), [-1, 1024]); // rows, columns, channels
  const d1 = relu(dense(scope.at("dense1"), flat, 256));
  const d2 = relu(dense(scope.at("dense2"), d1, 128));
  const global = unsqueeze(dense(scope.at("dense3"), d2, 64), [2, 3]); // [n, 64, 1, 1]

  const l1 = layer("local1", s4, 64); // [n, 64, 16, 16]
  const local = conv(l1, scope.at("local2").parameter("weight", [64, 64, 3, 3], he), undefined, { pads: [1, 1, 1, 1] });
  const fused = relu(add(local, global)); // [n, 64, 16, 16]

  const channels = affineSize * gridBins;
  const weight = scope.at("grid").parameter("weight", [channels, 64, 1, 1], normal(0, 0.02));
  const bias = scope.at("grid").parameter("bias", [channels], identityGrid);
  return conv(fused, weight, bias); // [n, 96, 16, 16]
}

function dense(scope: Scope, x: Tensor, outputs: number): Tensor {
  const inputs = x.shape[1] as number;
  const weight = scope.parameter("weight", [inputs, outputs], normal(0, Math.sqrt(2 / inputs)));
  return add(matMul(x, weight), scope.parameter("bias", [outputs], zeros));
}

/** Pieces of a guide's tone curve. */
const curvePieces = 16;

/**
 * The guide: a grey picture of the full size that decides between the bins of the grid, by a colour matrix and a curve
 * of 16 pieces for each channel (section 3.2, eqs. 4 and 5). It begins as the mean of red, green and blue.
 *
 * @param image [batch, 3, height, width], 0 to 1.
 * @returns [batch, 1, height, width], 0 to 1.
 */
export function hdrnetGuide(scope: Scope, image: Tensor): Tensor {
  const matrix = scope.parameter(
    "matrix/weight",
    [3, 3, 1, 1],
    byPosition((i) => (i % 4 === 0 ? 1 : 0)),
  );
  const mixed = conv(image, matrix, scope.parameter("matrix/bias", [3], zeros)); // [n, 3, h, w]

  const pieces = 3 * curvePieces;
  const channelOf = Array.from({ length: pieces }, (_, i) => Math.floor(i / curvePieces));
  const shifts = scope.parameter(
    "curves/shift",
    [pieces, 1, 1],
    byPosition((i) => (i % curvePieces) / curvePieces),
  );
  const slopes = scope.parameter(
    "curves/slope",
    [1, pieces, 1, 1],
    byPosition((i) => Number(i % curvePieces === 0)),
  );
  const bent = relu(sub(gather(mixed, integers(channelOf), 1), shifts)); // [n, 48, h, w]
  const ofChannel = constant(
    [0, 1, 2].flatMap((channel) => channelOf.map((of) => Number(of === channel))),
    [3, pieces, 1, 1],
  );
  const curved = conv(bent, mul(slopes, ofChannel)); // [n, 3, h, w]

  const shares = scope.parameter(
    "mix/weight",
    [1, 3, 1, 1],
    byPosition(() => 1 / 3),
  );
  return clip(conv(curved, shares, scope.parameter("mix/bias", [1], zeros)), 0, 1);
}

/**
 * Slices a grid along the guide: of the bins of every pixel, the affine map between the two that are nearest to its
 * guide (section 3.3.1). The weight of a bin falls linearly with the distance, slightly rounded as in the authors' code.
 *
 * @param grid enlarged to the picture's size, [batch, 96, height, width].
 * @param guide [batch, 1, height, width]; beyond 0 to 1 the outermost bin counts.
 * @returns affine maps, [batch, 12, height, width]: the channel is 3 * input + output.
 */
export function sliceGrid(grid: Tensor, guide: Tensor): Tensor {
  const bins = constant(
    Float32Array.from({ length: gridBins }, (_, bin) => bin),
    [gridBins, 1, 1],
  );
  const place = sub(mul(guide, gridBins), 0.5);
  const below = floor(place);
  const share = sub(place, below); // 0 to 1, of the way to the bin above
  const near = (distance: Tensor) => max(sub(1, sqrt(add(mul(distance, distance), binSmoothing))), 0);
  const at = (bin: Tensor) => cast(equal(clip(bin, 0, gridBins - 1), bins), "float32"); // [n, 8, h, w]
  const weights = add(mul(at(below), near(share)), mul(at(add(below, 1)), near(sub(1, share))));
  const weighted = mul(grid, concat(new Array<Tensor>(affineSize).fill(weights), 1)); // [n, 96, h, w]
  const sums = constant(new Float32Array(affineSize * gridBins).fill(1), [affineSize, gridBins, 1, 1]);
  return conv(weighted, sums, undefined, { group: affineSize });
}

/**
 * Applies an affine map of colours to every pixel (section 3.4.2).
 *
 * @param image [batch, 3, height, width].
 * @param maps [batch, 12, height, width], as `sliceGrid` gives.
 * @returns the enhanced picture, not clipped.
 */
export function applyAffine(image: Tensor, maps: Tensor): Tensor {
  const part = (input: number) => slice(maps, 1, 3 * input, 3 * input + 3); // what one input adds to red, green, blue
  return [0, 1, 2].reduce(
    (sum, channel) => add(sum, mul(part(channel), slice(image, 1, channel, channel + 1))),
    part(3),
  );
}

/** HDRNet from picture to picture, [batch, 3, height, width], 0 to 1; the result is not clipped. */
export function hdrnet(scope: Scope, image: Tensor): Tensor {
  const side = integers([hdrnetOverviewPx]);
  const grid = hdrnetCoefficients(scope.at("coefficients"), resizeNearest(image, side, side));
  const guide = hdrnetGuide(scope.at("guide"), image);
  return applyAffine(image, sliceGrid(enlargeTo(grid, image), guide));
}
