import {
  add,
  cast,
  div,
  type LossTerms,
  sizeOf,
  squeeze,
  sub,
  sumOfSquares,
  type Tensor,
  weighTerms,
} from "@kindling/nets";
import { parametersOf } from "@kindling/nets/internal";

/**
 * Computes MSR-net's loss: squared Frobenius norms of the differences, averaged over the batch alone, plus those of the
 * weights (not the biases) times lambda. Source: Shen et al., arXiv 1711.02488, eq. 10.
 *
 * @param enhanced [batch, 3, height, width], as is `target`.
 * @param lambda the paper's 0.000001 if not given.
 */
export function msrNetLoss(enhanced: Tensor, target: Tensor, lambda = 1e-6): LossTerms {
  const batch = cast(squeeze(sizeOf(enhanced, 0), [0]), "float32");
  const weights = parametersOf([enhanced]).filter(({ shape }) => shape.length > 1);
  return weighTerms(
    {
      data: div(sumOfSquares(sub(enhanced, target)), batch),
      decay: weights.map(({ tensor }) => sumOfSquares(tensor)).reduce((sum, square) => add(sum, square)),
    },
    { data: 1, decay: lambda },
  );
}
