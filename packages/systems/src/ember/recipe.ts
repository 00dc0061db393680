import { defineRecipe, dihedrals, oneStep } from "@kindling/lab";
import { oneCycleRate } from "@kindling/nets";
import { ember } from "./ember.ts";
import { emberLossWeights } from "./loss.ts";
import { emberNetworks } from "./networks.ts";
import { emberFeeds, emberStep } from "./step.ts";

const weightOf = (name: keyof typeof emberLossWeights, about: string) => ({
  default: emberLossWeights[name],
  min: 0,
  max: 100,
  about,
});

/** Ember in one stage: see docs/EMBER.md. */
export const emberRecipe = defineRecipe({
  network: "ember",
  about: "one stage on any two exposures of a scene",
  data: "exposures",
  loss: {
    pixels: weightOf("pixels", "weight of the difference from the other exposure, value by value"),
    structure: weightOf("structure", "weight of 1 - SSIM of the grey pictures"),
    colour: weightOf("colour", "weight of the difference in chroma over blocks of 4x4"),
    blind: weightOf("blind", "weight of the difference at the light that Ember chooses itself"),
    light: weightOf("light", "weight of the predicted light's error, in logarithms"),
    reflectance: weightOf("reflectance", "weight of the two reflectances' difference"),
    identity: weightOf("identity", "weight of what changes in a good picture at a light of 1"),
    rebuild: weightOf("rebuild", "weight of reflectance times illumination against the picture, over blocks of 8x8"),
    envelope: weightOf("envelope", "weight of the illumination's distance from the brightest channel's envelope"),
    smooth: weightOf("smooth", "weight of steps in the illumination where the picture has none"),
  },
  stages: [
    {
      name: "ember",
      about: "overview, analysis and relighting together",
      stretch: false,
      augmentations: dihedrals,
      feeds: emberFeeds,
      // No scene of the training sets is mostly black when it is lit well; night under a black sky is.
      blackSides: 0.3,
      defaults: { steps: 10_000, batch: 8, cropPx: 128, rate: 1e-3 },
      leastCropPx: 16,
      schedule: (rate, steps) => oneCycleRate(rate, steps, 0.05),
      build: ({ loss, ...size }) => oneStep(emberStep({ ...size, clipNorm: size.clipNorm ?? 1 }, loss)),
      viewAbout: "the picture at the light that Ember chooses, against the bright one",
      view: (scope, image, reference) => ({ result: ember(scope, image), target: reference }),
      networks: () => Object.values(emberNetworks),
    },
  ],
});
