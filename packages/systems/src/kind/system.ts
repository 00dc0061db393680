import type { System } from "@kindling/lab";
import { kindForms } from "./forms.ts";
import { kind } from "./inference.ts";
import { kindNets, kindWholes } from "./networks.ts";
import { kindRecipe } from "./recipe.ts";
import { kindPlusTensorflow, kindTensorflow } from "./tensorflow-names.ts";

const { encoded, root } = kindWholes;

/** KinD, the system that Ember and the project's name descend from. */
export const system: System = {
  name: "kind",
  method: kind,
  networks: [...Object.values(kindNets), ...Object.values(encoded), ...Object.values(root)],
  models: [kindForms.encoded, kindForms.root],
  recipe: kindRecipe,
  foreignNames: [
    {
      networks: "kind",
      about: "official TensorFlow checkpoints of decomposition, restoration and adjustment",
      mapping: kindTensorflow,
    },
    {
      system: "kind-plus",
      networks: "kind",
      about: "official TensorFlow checkpoints of KinD++'s decomposition and adjustment, which are KinD's networks",
      mapping: kindPlusTensorflow,
    },
  ],
};
