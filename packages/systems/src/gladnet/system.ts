import type { System } from "@kindling/lab";
import { gladnet } from "./inference.ts";
import { gladnetNetworks } from "./networks.ts";
import { gladnetRecipe } from "./recipe.ts";

const { global, detail } = gladnetNetworks;

/** GLADNet. */
export const system: System = {
  name: "gladnet",
  method: gladnet,
  networks: Object.values(gladnetNetworks),
  models: [{ name: "gladnet", parts: { global: { network: global }, detail: { network: detail } } }],
  recipe: gladnetRecipe,
  foreignNames: [],
};
