import type { System } from "@kindling/lab";
import { paperStructure } from "./enlightengan.ts";
import { enlightenGan } from "./inference.ts";
import { enlightenGanForm, enlightenGanNetworks } from "./networks.ts";
import { enlightenGanRecipe } from "./recipe.ts";

/** EnlightenGAN. */
export const system: System = {
  name: "enlightengan",
  method: enlightenGan,
  networks: Object.values(enlightenGanNetworks),
  models: [enlightenGanForm(paperStructure)],
  recipe: enlightenGanRecipe,
  foreignNames: [],
};
