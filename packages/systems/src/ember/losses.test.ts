import { describeLossGradients, lossCase } from "../../../../test/support/loss-gradients.ts";
import { emberLoss } from "./loss.ts";

const [pictures, maps, lights] = [
  [3, 3, 16, 16],
  [3, 1, 16, 16],
  [3, 1, 1, 1],
];

describeLossGradients({
  // Two pairs, the first of them also the other way round; SSIM needs 11 px, blocks of 8 at least two of them.
  "Ember's loss, every term": lossCase(
    [pictures, pictures, pictures, pictures, maps, maps, [2, 3, 16, 16], lights, lights, lights],
    (image, enhanced, target, reflectance, illumination, response, blind, light, wantedLight, trusted) => {
      const analysis = { reflectance, illumination, response };
      return emberLoss({ image, analysis, enhanced, target, blind, light, wantedLight, trusted }).total;
    },
  ),
});
