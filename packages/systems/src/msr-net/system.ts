import type { System } from "@kindling/lab";
import { msrNet } from "./inference.ts";
import { msrNetNetworks } from "./networks.ts";
import { msrNetRecipe } from "./recipe.ts";

/** MSR-net. */
export const system: System = {
  name: "msr-net",
  method: msrNet,
  networks: Object.values(msrNetNetworks),
  models: [{ name: "msr-net", parts: { whole: { network: msrNetNetworks.whole } } }],
  recipe: msrNetRecipe,
  foreignNames: [],
};
