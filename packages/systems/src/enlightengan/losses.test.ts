import { meanSquaredError } from "@kindling/nets";
import { describeLossGradients, lossCase, map, picture } from "../../../../test/support/loss-gradients.ts";
import {
  caffeColours,
  equaliseBrightness,
  featurePreservingLoss,
  leastSquares,
  relativisticLeastSquares,
} from "./losses.ts";

describeLossGradients({
  "EnlightenGAN's relativistic generator": lossCase([map, map], relativisticLeastSquares.generator),
  "EnlightenGAN's relativistic discriminator": lossCase([map, map], relativisticLeastSquares.discriminator),
  "EnlightenGAN's generator": lossCase([map, map], leastSquares.generator),
  "EnlightenGAN's discriminator": lossCase([map, map], leastSquares.discriminator),
  "EnlightenGAN's preserved features, of the picture's own colours": lossCase([picture, picture], (a, b) =>
    featurePreservingLoss(caffeColours(a), caffeColours(b)),
  ),
  "EnlightenGAN's pictures at equal brightness": lossCase([picture, picture], (a, b) =>
    meanSquaredError(equaliseBrightness(a), equaliseBrightness(b)),
  ),
});
