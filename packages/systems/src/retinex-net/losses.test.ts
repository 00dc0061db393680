import {
  decompositionCase,
  describeLossGradients,
  lossCase,
  map,
  picture,
} from "../../../../test/support/loss-gradients.ts";
import { retinexNetDecompositionLoss, retinexNetRelightLoss } from "./losses.ts";

describeLossGradients({
  "RetinexNet's decomposition": decompositionCase(retinexNetDecompositionLoss),
  "RetinexNet's relighting": lossCase(
    [picture, map, map, picture],
    (reflectance, illumination, relit, high) => retinexNetRelightLoss({ reflectance, illumination }, relit, high).total,
  ),
});
