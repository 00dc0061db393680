import { defineRecipe, dihedrals, oneStep } from "@kindling/lab";
import { oneCycleRate } from "@kindling/nets";
import { ember, emberLight } from "./ember.ts";
import { emberLossWeights } from "./loss.ts";
import { emberNetworks } from "./networks.ts";
import { emberFeeds, emberLightFeeds, emberLightStep, emberStep } from "./step.ts";

const weightOf = (name: keyof typeof emberLossWeights, about: string) => ({
  default: emberLossWeights[name],
  min: 0,
  max: 100,
  about,
});

/** How Ember is trained. Source: docs/EMBER.md. */
export const emberRecipe = defineRecipe({
  network: "ember",
  about: "on pairs, dark photos and how they should look: first the light of whole photos, then everything together",
  data: "pairs",
  settings: {
    pixels: weightOf("pixels", "weight of the mean absolute difference from the good picture"),
    areas: weightOf("areas", "weight of the same over blocks of 4x4 and of 16x16"),
    equalMean: weightOf("equalMean", "weight of the difference at equal mean brightness"),
    structure: weightOf("structure", "weight of 1 - SSIM of the grey pictures"),
    colour: weightOf("colour", "weight of the difference in chroma, over blocks of 4x4"),
    rebuild: weightOf("rebuild", "weight of the change of brightness by denoising, over blocks of 8x8"),
    smooth: weightOf("smooth", "weight of the steps of gains, balance, saturation and confidence between neighbours"),
  },
  stages: [
    {
      name: "light",
      about: "the overview alone, on whole photos reduced to 128x128",
      stretch: false,
      augmentations: dihedrals,
      feeds: emberLightFeeds,
      defaults: { steps: 10_000, batch: 16, cropPx: 16, rate: 1e-3 },
      leastCropPx: 16,
      schedule: (rate, steps) => oneCycleRate(rate, steps, 0.05),
      build: ({ settings, ...size }) => oneStep(emberLightStep({ ...size, clipNorm: size.clipNorm ?? 1 }, settings)),
      viewAbout: "the picture at automatic light, without denoising, against the good one",
      view: (scope, image, reference) => ({ result: emberLight(scope, image).enhanced, target: reference }),
      networks: () => [emberNetworks.overview],
    },
    {
      name: "ember",
      about: "overview and analysis together",
      stretch: false,
      augmentations: dihedrals,
      feeds: emberFeeds,
      defaults: { steps: 10_000, batch: 8, cropPx: 128, rate: 1e-3 },
      leastCropPx: 16,
      schedule: (rate, steps) => oneCycleRate(rate, steps, 0.05),
      build: ({ settings, ...size }) => oneStep(emberStep({ ...size, clipNorm: size.clipNorm ?? 1 }, settings)),
      viewAbout: "the picture at automatic light, against the good one",
      view: (scope, image, reference) => ({ result: ember(scope, image), target: reference }),
      networks: () => Object.values(emberNetworks),
    },
  ],
});
