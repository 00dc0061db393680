import { add, batchNormalization, div, mul, reduceMean, sqrt, squeeze, sub, unsqueeze } from "./builders.ts";
import { fillWith, normal, zeros } from "./initialiser.ts";
import { sidesInNumbers } from "./operation.ts";
import type { Scope } from "./scope.ts";
import type { Tensor } from "./tensor.ts";

/**
 * Normalises each channel with the parameters `weight`, `bias`, `running_mean` and `running_var` of its scope: by the
 * running statistics for inference, by those of the batch for training.
 */
export type BatchNormaliser = (scope: Scope, x: Tensor) => Tensor;

/** Batch normalisation for inference. */
export const byRunningStatistics: BatchNormaliser = (scope, x) => {
  const { weight, bias } = gainsFor(scope, x);
  const { mean, variance } = statisticsFor(scope, x);
  return batchNormalization(x, weight, bias, mean, variance);
};

/** Batch normalisation for training. */
export interface TrainingNormaliser {
  readonly normalise: BatchNormaliser;
  /** The running statistics after the step, by their parameters; complete once the network is built. */
  readonly statistics: ReadonlyMap<Tensor, Tensor>;
}

/** Weight of one batch in the running statistics. */
const momentum = 0.1;
const epsilon = 1e-5;

/**
 * Makes a normaliser by the statistics of the batch: it normalises by the biased variance and stores the unbiased one,
 * with a weight of 0.1. A network applied twice in one step updates its statistics twice.
 *
 * Source: Ioffe and Szegedy, arXiv 1502.03167, algorithms 1 and 2; constants as in PyTorch.
 */
export function byBatchStatistics(): TrainingNormaliser {
  const statistics = new Map<Tensor, Tensor>();
  const update = (parameter: Tensor, value: Tensor) => {
    const running = statistics.get(parameter) ?? parameter;
    statistics.set(parameter, add(mul(running, 1 - momentum), mul(squeeze(value, [0, 2, 3]), momentum)));
  };
  const normalise: BatchNormaliser = (scope, x) => {
    const { mean, variance } = statisticsFor(scope, x);
    const [batch, , height, width] = sidesInNumbers("BatchNormalization", x) as [number, number, number, number];
    const count = batch * height * width;
    const { normalised, centre, spread } = standardise(scope, x);
    update(mean, centre);
    update(variance, mul(spread, count / Math.max(count - 1, 1)));
    return normalised;
  };
  return { normalise, statistics };
}

/** Normalises by the statistics of the batch and keeps none: a picture alone, of any size, is normalised by its own. */
export const byOwnStatistics: BatchNormaliser = (scope, x) => standardise(scope, x).normalised;

/** Normalises by mean (`centre`) and biased variance (`spread`) of the batch, both [1, channels, 1, 1]. */
function standardise(scope: Scope, x: Tensor) {
  const { weight, bias } = gainsFor(scope, x);
  const centre = reduceMean(x, [0, 2, 3]);
  const centred = sub(x, centre);
  const spread = reduceMean(mul(centred, centred), [0, 2, 3]);
  const gain = div(unsqueeze(weight, [1, 2]), sqrt(add(spread, epsilon)));
  return { normalised: add(mul(centred, gain), unsqueeze(bias, [1, 2])), centre, spread };
}

function gainsFor(scope: Scope, x: Tensor) {
  const channels = [x.shape[1] as number];
  return {
    weight: scope.parameter("weight", channels, normal(1, 0.02)),
    bias: scope.parameter("bias", channels, zeros),
  };
}

function statisticsFor(scope: Scope, x: Tensor) {
  const channels = [x.shape[1] as number];
  return {
    mean: scope.parameter("running_mean", channels, zeros),
    variance: scope.parameter("running_var", channels, fillWith(1)),
  };
}
