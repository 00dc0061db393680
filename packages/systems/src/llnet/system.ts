import type { System } from "@kindling/lab";
import { llnet } from "./inference.ts";
import { llnetNetworks } from "./networks.ts";
import { llnetRecipe } from "./recipe.ts";

/** LLNet. */
export const system: System = {
  name: "llnet",
  method: llnet,
  networks: Object.values(llnetNetworks),
  models: [{ name: "llnet", parts: { whole: { network: llnetNetworks.whole } } }],
  recipe: llnetRecipe,
  foreignNames: [],
};
