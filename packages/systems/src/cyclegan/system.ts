import type { System } from "@kindling/lab";
import { cycleGan } from "./inference.ts";
import { cycleGanNetworks } from "./networks.ts";
import { cycleGanRecipe } from "./recipe.ts";

/** CycleGAN, the unpaired baseline. */
export const system: System = {
  name: "cyclegan",
  method: cycleGan,
  networks: Object.values(cycleGanNetworks),
  models: [{ name: "cyclegan", parts: { whole: { network: cycleGanNetworks.whole } } }],
  recipe: cycleGanRecipe,
  foreignNames: [],
};
