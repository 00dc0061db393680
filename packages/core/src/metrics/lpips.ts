import { KindlingError } from "../errors.ts";
import type { Picture } from "../image/picture.ts";
import { tensorOfPicture } from "../runtime/picture-tensor.ts";
import type { ModelSession, ModelTensor, RunOptions } from "../runtime/runtime.ts";
import { requireSameShape } from "./same-shape.ts";

/** A network whose layers are compared, and one weight a channel for each of its outputs, in their order. */
export interface LpipsModel {
  /**
   * Takes RGB of [1, 3, height, width] as `lpipsInput` gives it; each output is a layer, [1, channels, height, width].
   */
  readonly backbone: ModelSession;
  readonly weights: readonly ArrayLike<number>[];
}

// Mean and deviation of the colours the backbones were trained on, for samples of -1..1.
const shift = [-0.03, -0.088, -0.188] as const;
const scale = [0.458, 0.448, 0.45] as const;
const epsilon = 1e-10;

/**
 * The picture as LPIPS hands it to its backbone: RGB of -1..1, each colour shifted and scaled. Shape [1, 3, height,
 * width].
 */
export function lpipsInput(picture: Picture): ModelTensor {
  const { shape, values } = tensorOfPicture(picture);
  const pixels = values.length / 3;
  for (let i = 0; i < values.length; i++) {
    const c = Math.floor(i / pixels);
    values[i] = (2 * values[i] - 1 - shift[c]) / scale[c];
  }
  return { shape, values };
}

/**
 * LPIPS: how different two pictures look to a network trained on photographs. Less is better.
 *
 * The number belongs to its backbone and weights: name both beside it. See `lpipsDistance`.
 *
 * @throws {KindlingError} `unsupported` where size or colours differ; `invalid-model` where the backbone cannot take
 * pictures of this size or its outputs do not fit the weights; `cancelled`.
 * @example
 * const distance = await lpips(result, reference, lpipsModel, { signal });
 */
export async function lpips(
  result: Picture,
  reference: Picture,
  { backbone, weights }: LpipsModel,
  options: RunOptions = {},
): Promise<number> {
  requireSameShape(result, reference);
  const layersOf = async (picture: Picture) => {
    const outputs = await backbone.run({ [backbone.inputNames[0]]: lpipsInput(picture) }, options);
    return backbone.outputNames.map((name) => outputs[name]);
  };
  return lpipsDistance(await layersOf(result), await layersOf(reference), weights);
}

/**
 * The distance of LPIPS between what a network's layers make of two pictures.
 *
 * Takes what some layers of a backbone make of the two pictures, and one weight a channel for each layer. Features are
 * brought to length 1 along the channels; weighted squared differences are averaged over each layer and summed. 0 for
 * equal features. Symmetric.
 *
 * Source: Zhang, Isola, Efros, Shechtman, Wang, The unreasonable effectiveness of deep features as a perceptual
 * metric, arXiv 1801.03924, equation 1, with squared weights as in the authors' code (`lin` layers).
 *
 * @throws {KindlingError} `invalid-model` where layers, shapes or weights do not fit each other.
 */
export function lpipsDistance(
  result: readonly ModelTensor[],
  reference: readonly ModelTensor[],
  weights: readonly ArrayLike<number>[],
): number {
  if (result.length !== weights.length || reference.length !== weights.length) {
    throw new KindlingError(
      "invalid-model",
      `LPIPS: ${result.length} and ${reference.length} layers of features for weights of ${weights.length}.`,
    );
  }
  return weights.reduce((sum, layer, i) => sum + layerDistance(result[i], reference[i], layer), 0);
}

function layerDistance(a: ModelTensor, b: ModelTensor, weights: ArrayLike<number>): number {
  const [batch, channels, height, width] = a.shape;
  const pixels = height * width;
  const fits = batch === 1 && channels === weights.length && a.values.length === channels * pixels;
  if (!fits || a.shape.join() !== b.shape.join()) {
    const shapes = `[${a.shape.join(", ")}] and [${b.shape.join(", ")}]`;
    throw new KindlingError("invalid-model", `LPIPS: features of ${shapes} for ${weights.length} weights.`);
  }
  const aLengths = lengths(a.values, channels, pixels);
  const bLengths = lengths(b.values, channels, pixels);
  let sum = 0;
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < pixels; i++) {
      sum += weights[c] * (a.values[c * pixels + i] / aLengths[i] - b.values[c * pixels + i] / bLengths[i]) ** 2;
    }
  }
  return sum / pixels;
}

function lengths(values: Float32Array, channels: number, pixels: number): Float64Array {
  const squares = new Float64Array(pixels);
  for (let c = 0; c < channels; c++) for (let i = 0; i < pixels; i++) squares[i] += values[c * pixels + i] ** 2;
  return squares.map((square) => Math.sqrt(square) + epsilon);
}
