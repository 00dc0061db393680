import { add, mul } from "../graph/builders.ts";
import { constant, type Tensor } from "../graph/tensor.ts";
import { meanSquaredError } from "./pixel-errors.ts";

/** How a discriminator's scores become losses. */
export interface AdversarialLoss {
  /** Loss of the generator: small where its pictures score as real ones. */
  readonly generator: (real: Tensor, fake: Tensor) => Tensor;
  /** Loss of the discriminator: small where it separates real pictures from generated ones. */
  readonly discriminator: (real: Tensor, fake: Tensor) => Tensor;
}

/**
 * Least squares: real pictures should score 1, generated ones 0; the discriminator's loss is the mean of both. Source:
 * Mao et al., arXiv 1611.04076, eq. 2.
 *
 * @example
 * // runs
 * const scores = convolution(scope.at("score"), image, { channels: 1 });
 * const loss = leastSquares.generator(scores, scores); // []
 */
export const leastSquares: AdversarialLoss = {
  generator: (_, fake) => towards(fake, 1),
  discriminator: (real, fake) => mul(add(towards(real, 1), towards(fake, 0)), 0.5),
};

function towards(scores: Tensor, label: number): Tensor {
  return meanSquaredError(scores, constant(label));
}
