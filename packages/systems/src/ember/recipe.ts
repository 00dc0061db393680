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

/** How Ember is trained, in one stage. Source: docs/EMBER.md. */
export const emberRecipe = defineRecipe({
  network: "ember",
  about: "one stage on any two exposures of a scene",
  data: "exposures",
  loss: {
    pixels: weightOf("pixels", "weight of the mean absolute difference from the other exposure"),
    structure: weightOf("structure", "weight of 1 - SSIM of the grey pictures"),
    colour: weightOf("colour", "weight of the difference in chroma, over blocks of 4x4"),
    blind: weightOf("blind", "weight of the difference at the light level that Ember predicts"),
    light: weightOf("light", "weight of the predicted level's error, in logarithms"),
    reflectance: weightOf("reflectance", "weight of the difference between the two reflectances"),
    identity: weightOf("identity", "weight of the change of a bright picture at a light level of 1"),
    rebuild: weightOf("rebuild", "weight of the error of reflectance times illumination, over blocks of 8x8"),
    envelope: weightOf("envelope", "weight of the illumination's distance from the envelope of the brightest channel"),
    smooth: weightOf("smooth", "weight of steps in the illumination that the picture lacks"),
  },
  stages: [
    {
      name: "ember",
      about: "overview, analysis and relighting together",
      stretch: false,
      augmentations: dihedrals,
      feeds: emberFeeds,
      // No well lit scene of the training sets is mostly black; night photos under a black sky are.
      blackSides: 0.3,
      defaults: { steps: 10_000, batch: 8, cropPx: 128, rate: 1e-3 },
      leastCropPx: 16,
      schedule: (rate, steps) => oneCycleRate(rate, steps, 0.05),
      build: ({ loss, ...size }) => oneStep(emberStep({ ...size, clipNorm: size.clipNorm ?? 1 }, loss)),
      viewAbout: "the picture at the light level that Ember predicts, against the bright one",
      view: (scope, image, reference) => ({ result: ember(scope, image), target: reference }),
      networks: () => Object.values(emberNetworks),
    },
  ],
});
