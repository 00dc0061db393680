import { mul } from "@kindling/nets";
import { describeLossGradients, lossCase } from "../../../../test/support/loss-gradients.ts";
import { emberLoss } from "./loss.ts";

const [pictures, colour, map, grid, saturationGrid] = [
  [2, 3, 16, 16],
  [2, 3, 1, 1],
  [2, 1, 16, 16],
  [2, 3, 4, 4],
  [2, 1, 4, 4],
];

describeLossGradients({
  // SSIM needs 11 px, blocks of 16 one of them.
  "Ember's loss, every term": lossCase(
    [pictures, colour, pictures, pictures, pictures, grid, grid, saturationGrid, map],
    (image, colour, restored, enhanced, target, gains, balance, saturation, confidence) =>
      emberLoss({ image, black: mul(colour, 0.05), restored, enhanced, target, gains, balance, saturation, confidence })
        .total,
  ),
});
