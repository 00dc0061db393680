import { add, constant, meanOf, meanSquaredError, mul, sub, type Tensor } from "@kindling/nets";

/** How a discriminator's scores become losses. */
export interface AdversarialLoss {
  /** What the generator brings down so that its pictures pass for real ones. */
  readonly generator: (real: Tensor, fake: Tensor) => Tensor;
  /** What the discriminator brings down so that it tells them apart. */
  readonly discriminator: (real: Tensor, fake: Tensor) => Tensor;
}

const towards = (scores: Tensor, label: number) => meanSquaredError(scores, constant(label));
const half = (a: Tensor, b: Tensor) => mul(add(a, b), 0.5);

/** Least squares: real pictures score 1, others 0. Source: Mao et al., arXiv 1611.04076, eq. 2. */
export const leastSquares: AdversarialLoss = {
  generator: (_, fake) => towards(fake, 1),
  discriminator: (real, fake) => half(towards(real, 1), towards(fake, 0)),
};

/**
 * Relativistic average least squares: real pictures score 1 more than others do on average, and the reverse.
 * Source: Jiang et al., arXiv 1906.06972, eqs. 3 and 4, halved as in the authors' code.
 */
export const relativisticLeastSquares: AdversarialLoss = {
  generator: (real, fake) => half(towards(sub(real, meanOf(fake)), 0), towards(sub(fake, meanOf(real)), 1)),
  discriminator: (real, fake) => half(towards(sub(real, meanOf(fake)), 1), towards(sub(fake, meanOf(real)), 0)),
};
