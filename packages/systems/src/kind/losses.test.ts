import {
  decompositionCase,
  describeLossGradients,
  lossCase,
  map,
  picture,
} from "../../../../test/support/loss-gradients.ts";
import { kindAdjustmentLoss, kindDecompositionLoss, kindRestorationLoss, kindTogetherLoss } from "./losses.ts";

const ours = {
  equalReflectance: 0.3,
  reflectanceNorm: "l2",
  smoothness: 0.1,
  epsilon: 0.05,
  c: 5,
  envelope: 0.5,
} as const;

describeLossGradients({
  "KinD's decomposition": decompositionCase(kindDecompositionLoss),
  "KinD's decomposition, each picture's edges, with an envelope": decompositionCase(
    (pair) => kindDecompositionLoss(pair, { ...ours, edgesOver: "picture" }),
    [16, 16],
  ),
  "KinD's decomposition, edges as they are": decompositionCase((pair) =>
    kindDecompositionLoss(pair, { ...ours, envelope: 0, edgesOver: "none" }),
  ),
  "KinD's restoration": lossCase([picture, picture], (a, b) => kindRestorationLoss(a, b).total),
  "KinD's restoration, as it is lit": lossCase([picture, picture, map, picture], (a, b, illumination, image) => {
    const lit = { illumination, image, tone: "root", weight: 0.7 } as const;
    return kindRestorationLoss(a, b, lit).total;
  }),
  "KinD's restoration and adjustment together": lossCase(
    [picture, picture, map, map],
    (enhanced, target, darkened, darkTarget) => kindTogetherLoss({ enhanced, target, darkened, darkTarget }).total,
  ),
  "KinD's adjustment": lossCase([map, map], (a, b) => kindAdjustmentLoss(a, b).total),
});
