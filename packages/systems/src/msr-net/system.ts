import type { System } from "@kindling/lab";
import { msrNet } from "./inference.ts";
import { paperStructure } from "./msr-net.ts";
import { msrNetForm, msrNetNetworks } from "./networks.ts";
import { msrNetRecipe } from "./recipe.ts";

/** MSR-net. */
export const system: System = {
  name: "msr-net",
  method: msrNet,
  networks: Object.values(msrNetNetworks),
  models: [msrNetForm(paperStructure)],
  recipe: msrNetRecipe,
  foreignNames: [],
};
