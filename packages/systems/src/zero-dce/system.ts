import type { System } from "@kindling/lab";
import { zeroDce } from "./inference.ts";
import { zeroDceNetworks } from "./networks.ts";
import { zeroDcePytorch } from "./pytorch-names.ts";
import { zeroDceRecipe } from "./recipe.ts";

/** Zero-DCE. */
export const system: System = {
  name: "zero-dce",
  method: zeroDce,
  networks: Object.values(zeroDceNetworks),
  models: [{ name: "zero-dce", parts: { whole: { network: zeroDceNetworks.whole } } }],
  recipe: zeroDceRecipe,
  foreignNames: [{ networks: "zero-dce", about: "official PyTorch checkpoints", mapping: zeroDcePytorch }],
};
