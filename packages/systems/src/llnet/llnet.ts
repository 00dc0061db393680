import {
  add,
  cast,
  constant,
  conv,
  convTranspose,
  cropTo,
  div,
  equal,
  type Initialiser,
  integers,
  mul,
  range,
  reshape,
  type Scope,
  sigmoid,
  slice,
  type Tensor,
  unsqueeze,
  zeros,
} from "@kindling/nets";

// LLNet: Lore, Akintayo and Sarkar, "LLNet: A Deep Autoencoder Approach to Natural Low-light Image Enhancement", Pattern
// Recognition 2017, arXiv 1511.03995; layers of the released program for colour.

/** Side of a patch in pixels. */
export const patchPx = 17;

/** Distance between patches in use, in pixels. */
const patchStride = 3;

/** Values of a patch: planes of red, green and blue. */
const patchSize = 3 * patchPx ** 2;

/** Units of every layer, from patch to patch. The first half is an encoder, the second its mirror image. */
const units = [patchSize, 2000, 1900, 1800, 1900, 2000, patchSize] as const;

/** Layers of the encoder, and as many of the decoder. */
export const depth = 3;

/** Uniform over 4 times Glorot's range: for sigmoids. */
const sigmoidUniform: Initialiser = ([outputs = 1, ...inputs], random) => {
  const limit = 4 * Math.sqrt(6 / (outputs + inputs.reduce((product, side) => product * side, 1)));
  return () => limit * (2 * random() - 1);
};

/** The weights of a layer, 1 to 6: [outputs, inputs, 1, 1]; of the first [outputs, 3, 17, 17], which cuts out patches. */
export function layerWeight(scope: Scope, layer: number): Tensor {
  const [inputs, outputs] = [units[layer - 1]!, units[layer]!];
  const shape = layer === 1 ? [outputs, 3, patchPx, patchPx] : [outputs, inputs, 1, 1];
  return scope.at(`layer${layer}`).parameter("weight", shape, sigmoidUniform);
}

/**
 * A layer of the autoencoder on all patches at once.
 *
 * @param x of layer 1 a picture [batch, 3, height, width]; of others [batch, units, rows, columns] of patches.
 */
export function llnetLayer(scope: Scope, layer: number, x: Tensor, pads = noPads): Tensor {
  const bias = scope.at(`layer${layer}`).parameter("bias", [units[layer]!], zeros);
  const strides = layer === 1 ? ([patchStride, patchStride] as const) : ([1, 1] as const);
  return sigmoid(conv(x, layerWeight(scope, layer), bias, { strides, pads }));
}

type Pads = readonly [number, number, number, number];
const noPads: Pads = [0, 0, 0, 0];

/**
 * Enhances every patch of a picture by itself.
 *
 * @param pads width of the black border at the top, left, bottom and right.
 * @returns patches [batch, 867, rows, columns], 0 to 1.
 */
export function enhancePatches(scope: Scope, image: Tensor, pads = noPads): Tensor {
  let x = llnetLayer(scope, 1, image, pads);
  for (let layer = 2; layer <= 2 * depth; layer++) x = llnetLayer(scope, layer, x);
  return x;
}

/** Cuts a picture into patches, [batch, 867, rows, columns], as the first layer sees them. */
export function patchesOf(image: Tensor): Tensor {
  return conv(image, placements(), undefined, { strides: [patchStride, patchStride] });
}

/**
 * LLNet from picture to picture: patches of 17x17 at every third pixel are enhanced by themselves, and overlapping ones
 * averaged. Beyond the edges lies black.
 *
 * @param image [batch, 3, height, width], 0 to 1.
 */
export function llnet(scope: Scope, image: Tensor): Tensor {
  // Patches begin at multiples of the stride, also in tiles, from the first that reaches the picture.
  const before = patchPx - 2;
  const patches = enhancePatches(scope, image, [before, before, patchPx - 1, patchPx - 1]);
  const strides = [patchStride, patchStride] as const;
  const lay = (x: Tensor, weight: Tensor) =>
    cropTo(convTranspose(x, weight, undefined, { strides, pads: [before, before, 0, 0] }), image);
  const ones = add(mul(slice(patches, 1, 0, 1), 0), 1); // [n, 1, rows, columns]
  const counts = lay(ones, constant(new Float32Array(patchPx ** 2).fill(1), [1, 1, patchPx, patchPx]));
  return div(lay(patches, placements()), counts);
}

/** For every value of a patch a picture of a patch that is 1 at this value and 0 elsewhere: [867, 3, 17, 17]. */
function placements(): Tensor {
  const positions = range(integers(patchSize));
  const same = cast(equal(unsqueeze(positions, [1]), positions), "float32"); // [867, 867]
  return reshape(same, [patchSize, 3, patchPx, patchPx]);
}
