import type { System } from "@kindling/lab";
import { enlightenGan } from "./inference.ts";
import { enlightenGanNetworks } from "./networks.ts";
import { enlightenGanRecipe } from "./recipe.ts";

const { whole, generator } = enlightenGanNetworks;

/** EnlightenGAN. */
export const system: System = {
  name: "enlightengan",
  method: enlightenGan,
  networks: Object.values(enlightenGanNetworks),
  models: [{ name: "enlightengan", parts: { whole: { network: whole, tiledAs: generator } } }],
  recipe: enlightenGanRecipe,
  foreignNames: [],
};
