import { add, div, mul, pow, sqrt, sub } from "../graph/builders.ts";
import { constant, type Tensor } from "../graph/tensor.ts";
import type { Optimiser } from "./optimiser.ts";

/** Settings of Adam. */
export interface AdamSettings {
  /** Decay of the mean gradient per step; default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean squared gradient per step; default 0.999. */
  readonly beta2?: number;
  /** Added to the divisor, so that it is never 0; default 1e-8. */
  readonly epsilon?: number;
  /** Each step takes this share times the learning rate off every parameter of rank 2 or more; default 0. */
  readonly weightDecay?: number;
}

/**
 * Makes the optimiser Adam, which steps by the mean gradient divided by the root of its mean square, both corrected for
 * their start at zero.
 *
 * Source: Kingma and Ba, arXiv 1412.6980, algorithm 1. With `weightDecay` it is AdamW (Loshchilov and Hutter, arXiv
 * 1711.05101, algorithm 2), without decay of biases and other vectors.
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

/** Updates an exponential moving average with a new value. */
export function mix(average: Tensor, value: Tensor, kept: number): Tensor {
  return add(mul(average, kept), mul(value, 1 - kept));
}
