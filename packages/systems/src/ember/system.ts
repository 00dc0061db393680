import type { System } from "@kindling/lab";
import { ember } from "./inference.ts";
import { emberNetworks } from "./networks.ts";
import { quantiseEmber } from "./quantise.ts";
import { emberRecipe } from "./recipe.ts";

const { overview, encoder, context, decoder } = emberNetworks;

/** Ember, the project's own system. */
export const system: System = {
  name: "ember",
  method: ember,
  networks: Object.values(emberNetworks),
  models: [
    {
      name: "ember",
      parts: {
        overview: { network: overview },
        encoder: { network: encoder },
        context: { network: context },
        decoder: { network: decoder },
      },
    },
  ],
  recipe: emberRecipe,
  foreignNames: [],
  quantise: quantiseEmber,
};
