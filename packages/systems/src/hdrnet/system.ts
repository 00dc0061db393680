import type { System } from "@kindling/lab";
import { hdrnet } from "./inference.ts";
import { hdrnetNetworks } from "./networks.ts";
import { hdrnetRecipe } from "./recipe.ts";

const { coefficients, guide } = hdrnetNetworks;

/** HDRNet. */
export const system: System = {
  name: "hdrnet",
  method: hdrnet,
  networks: Object.values(hdrnetNetworks),
  models: [{ name: "hdrnet", parts: { coefficients: { network: coefficients }, guide: { network: guide } } }],
  recipe: hdrnetRecipe,
  foreignNames: [],
};
