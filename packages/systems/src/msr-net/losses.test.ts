import { convolution, createScope } from "@kindling/nets";
import { describeLossGradients, lossCase, picture } from "../../../../test/support/loss-gradients.ts";
import { msrNetLoss } from "./loss.ts";

describeLossGradients({
  "MSR-net's loss, with its decay": lossCase(
    [picture, picture],
    (a, b) => msrNetLoss(convolution(createScope(), a, { channels: 3, initialiser: () => () => 0.1 }), b).total,
  ),
});
