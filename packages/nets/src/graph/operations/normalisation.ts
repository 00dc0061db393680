import { attribute } from "../attribute.ts";
import { same } from "../dimension.ts";
import { applyOne, defineOperation, floatShape, refuse } from "../operation.ts";
import type { Operation, Tensor } from "../tensor.ts";

const defaultEpsilon = Math.fround(1e-5);

/**
 * Batch normalisation in inference mode: (x - mean) / sqrt(variance + epsilon) * scale + offset, channel by channel.
 * Inputs: x, scale, offset, running mean, running variance.
 */
const batchNormalizationOperation = defineOperation({
  type: "BatchNormalization",
  since: 15,
  arity: [5, 5],
  attributes: {
    epsilon: attribute("float", defaultEpsilon),
    momentum: attribute("float", Math.fround(0.9)),
    training_mode: attribute("int", 0),
  },
  statistics: [3, 4],
  infer([x, ...perChannel], { training_mode }) {
    if (training_mode !== 0) throw refuse("BatchNormalization", "training_mode is not supported");
    return [{ element: "float32", shape: perChannelShape("BatchNormalization", x, perChannel) }];
  },
  gradient({ inputs: [x, scale, , mean, variance], attributes: { epsilon } }, [g], build) {
    const spread = (tensor: Tensor) => build.unsqueeze(tensor, [1, 2]); // [channels, 1, 1]
    const perChannel = (tensor: Tensor) => build.reduceSum(tensor, [0, 2, 3], false);
    const inverse = build.div(1, build.sqrt(build.add(variance!, epsilon)));
    const normal = build.mul(build.sub(x!, spread(mean!)), spread(inverse));
    const scaled = build.mul(g!, spread(build.mul(scale!, inverse)));
    const onVariance = build.mul(perChannel(build.mul(scaled, normal)), build.mul(inverse, -0.5));
    return [scaled, perChannel(build.mul(g!, normal)), perChannel(g!), build.neg(perChannel(scaled)), onVariance];
  },
});

/** Normalises each channel of each picture by its own mean and variance. Inputs: x, scale, offset. */
const instanceNormalizationOperation = defineOperation({
  type: "InstanceNormalization",
  since: 6,
  arity: [3, 3],
  attributes: { epsilon: attribute("float", defaultEpsilon) },
  infer([x, ...perChannel]) {
    return [{ element: "float32", shape: perChannelShape("InstanceNormalization", x, perChannel) }];
  },
  gradient({ inputs: [x, scale], attributes: { epsilon } }, [g], build) {
    const mean = (tensor: Tensor) => build.reduceMean(tensor, [2, 3]);
    const centred = build.sub(x!, mean(x!));
    const deviation = build.sqrt(build.add(mean(build.mul(centred, centred)), epsilon)); // [batch, channels, 1, 1]
    const normal = build.div(centred, deviation);
    const onNormal = build.mul(g!, build.unsqueeze(scale!, [1, 2]));
    const along = build.mul(normal, mean(build.mul(onNormal, normal)));
    return [
      build.div(build.sub(build.sub(onNormal, mean(onNormal)), along), deviation),
      build.reduceSum(build.mul(g!, normal), [0, 2, 3], false),
      build.reduceSum(g!, [0, 2, 3], false),
    ];
  },
  reach: () => undefined,
});

function perChannelShape(type: string, x: Tensor | undefined, perChannel: readonly (Tensor | undefined)[]) {
  const shape = floatShape(type, x, 4);
  for (const values of perChannel) {
    if (!same(floatShape(type, values, 1)[0], shape[1]))
      throw refuse(type, "it needs one value a channel of each input");
  }
  return shape;
}

/** The operations of this family. */
export const normalisationOperations: readonly Operation[] = [
  batchNormalizationOperation,
  instanceNormalizationOperation,
];

/**
 * Batch normalisation by stored statistics; scale, offset, mean and variance are vectors of one value a channel.
 *
 * @example
 * // runs
 * const [ones, none] = [constant([1, 1, 1]), constant([0, 0, 0])];
 * const normalised = batchNormalization(image, ones, none, none, ones); // [1, 3, 64, 96]
 */
export function batchNormalization(x: Tensor, scale: Tensor, offset: Tensor, mean: Tensor, variance: Tensor): Tensor {
  return applyOne(batchNormalizationOperation, [x, scale, offset, mean, variance]);
}

/**
 * Normalises each channel of each picture to mean 0 and biased variance 1 (epsilon 1e-5), then scales and offsets.
 *
 * @example
 * // runs
 * const normalised = instanceNormalization(image, constant([1, 1, 1]), constant([0, 0, 0])); // [1, 3, 64, 96]
 */
export function instanceNormalization(x: Tensor, scale: Tensor, offset: Tensor): Tensor {
  return applyOne(instanceNormalizationOperation, [x, scale, offset]);
}
