import { add, div, mul, pow, sqrt, sub } from "../graph/builders.ts";
import { constant, type Tensor } from "../graph/tensor.ts";
import type { Optimiser } from "./optimiser.ts";

/** Settings of Adam. */
export interface AdamSettings {
  /** What stays of the mean gradient from step to step; default 0.9. */
  readonly beta1?: number;
  /** What stays of the mean squared gradient; default 0.999. */
  readonly beta2?: number;
  /** Keeps the division from blowing up; default 1e-8. */
  readonly epsilon?: number;
  /** The share of a parameter of rank 2 or more, times the learning rate, that is taken off in each step; default 0. */
  readonly weightDecay?: number;
}

/**
 * Adam: steps of the mean gradient over the root of its mean square, both corrected for having begun at zero.
 *
 * Source: Kingma and Ba, arXiv 1412.6980, algorithm 1. With `weightDecay` it is AdamW (Loshchilov and Hutter, arXiv
 * 1711.05101, algorithm 2), which leaves biases and other vectors undecayed.
 *
 * @example
 * // runs
 * const optimiser = adam({ beta1: 0.5, weightDecay: 1e-4 });
 * optimiser.slots; // ["adam/mean", "adam/square"]
 */
export function adam(settings: AdamSettings = {}): Optimiser {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 } = settings;
  return {
    slots: ["adam/mean", "adam/square"],
    begin(rate, step) {
      // m / c1 / (sqrt(v / c2) + e) is m (sqrt(c2) / c1) / (sqrt(v) + e sqrt(c2)): the corrections become scalars.
      const root = sqrt(sub(1, pow(constant(beta2), step)));
      const scale = div(mul(rate, root), sub(1, pow(constant(beta1), step)));
      const floor = mul(root, epsilon);
      const kept = sub(1, mul(rate, weightDecay));
      return (parameter, gradient, [mean, square]) => {
        const nextMean = mix(mean!, gradient, beta1);
        const nextSquare = mix(square!, mul(gradient, gradient), beta2);
        const decayed = weightDecay > 0 && parameter.shape.length > 1 ? mul(parameter, kept) : parameter;
        const move = div(mul(nextMean, scale), add(sqrt(nextSquare), floor));
        return { parameter: sub(decayed, move), slots: [nextMean, nextSquare] };
      };
    },
  };
}

/** An exponential moving average that takes in a new value. */
export function mix(average: Tensor, value: Tensor, kept: number): Tensor {
  return add(mul(average, kept), mul(value, 1 - kept));
}
