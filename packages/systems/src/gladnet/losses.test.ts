import { describeLossGradients, lossCase, picture } from "../../../../test/support/loss-gradients.ts";
import { gladnetLoss } from "./loss.ts";

describeLossGradients({
  "GLADNet's loss, by the paper": lossCase([picture, picture], (a, b) => gladnetLoss(a, b).total),
  "GLADNet's loss, by the authors' code": lossCase([picture, picture], (a, b) => gladnetLoss(a, b, "official").total),
});
