import { defineRecipe, dihedrals, oneStep } from "@kindling/lab";
import { constantRate } from "@kindling/nets";
import { msrNet } from "./msr-net.ts";
import { msrNetForm, msrNetOf, structureSettings } from "./networks.ts";
import { msrNetFeeds, msrNetStep } from "./step.ts";

/** How MSR-net is trained. Source: Shen et al., arXiv 1711.02488, which leaves batch and learning rate open. */
export const msrNetRecipe = defineRecipe({
  network: "msr-net",
  about: "one stage on pairs",
  data: "pairs",
  settings: {
    ...structureSettings,
    lambda: { default: 1e-6, min: 0, max: 1, about: "weight of the squared weights in the loss" },
  },
  stages: [
    {
      name: "msr-net",
      about: "enhances a picture",
      stretch: false,
      augmentations: dihedrals,
      leastCropPx: 8,
      defaults: { steps: 20_000, batch: 16, cropPx: 64, rate: 1e-3 },
      schedule: constantRate,
      feeds: msrNetFeeds,
      build: ({ settings, ...size }) => oneStep(msrNetStep(size, settings, settings.lambda)),
      viewAbout: "the enhanced picture against the bright one",
      view: (scope, image, reference, settings) => ({ result: msrNet(scope, image, settings), target: reference }),
      networks: (settings) => [msrNetOf(settings)],
    },
  ],
  model: msrNetForm,
});
