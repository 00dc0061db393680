import type { System } from "@kindling/lab";
import { retinexNet } from "./inference.ts";
import { retinexNetNetworks, retinexNetPortNetworks } from "./networks.ts";
import { retinexNetPytorch } from "./pytorch-names.ts";
import { retinexNetRecipe } from "./recipe.ts";
import { retinexNetTensorflow } from "./tensorflow-names.ts";

/** RetinexNet. */
export const system: System = {
  name: "retinex-net",
  method: retinexNet,
  networks: [...Object.values(retinexNetNetworks), ...Object.values(retinexNetPortNetworks)],
  models: [{ name: "retinex-net", parts: { whole: { network: retinexNetNetworks.whole } } }],
  recipe: retinexNetRecipe,
  foreignNames: [
    { networks: "retinex-net", about: "official TensorFlow checkpoints", mapping: retinexNetTensorflow },
    {
      networks: "retinex-net-port",
      about: "checkpoints of the PyTorch port, a network of its own (`retinex-net-port`)",
      mapping: retinexNetPytorch,
    },
  ],
};
