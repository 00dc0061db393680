import type { System } from "@kindling/lab";
import { sid } from "./inference.ts";
import { sidNetworks } from "./networks.ts";
import { sidRecipe } from "./recipe.ts";

/** SID. */
export const system: System = {
  name: "sid",
  method: sid,
  networks: Object.values(sidNetworks),
  models: [{ name: "sid", parts: { whole: { network: sidNetworks.whole } } }],
  recipe: sidRecipe,
  foreignNames: [],
};
