import { defineRecipe, dihedrals, oneStep } from "@kindling/lab";
import { constantRate } from "@kindling/nets";
import { zeroDceLossSettings } from "./loss.ts";
import { zeroDceNetworks } from "./networks.ts";
import { zeroDceFeeds, zeroDceStep } from "./step.ts";
import { zeroDce } from "./zero-dce.ts";

const weightOf = (name: keyof typeof zeroDceLossSettings, about: string) => ({
  default: zeroDceLossSettings[name],
  min: 0,
  max: 10_000,
  about,
});

/**
 * How Zero-DCE is trained: on photos of any exposure, none of them a reference.
 *
 * Source: Guo et al., arXiv 2001.06826, and the authors' code: Adam at 1e-4 throughout, gradients shortened to 0.1, eight
 * pictures a step, here four dark and four bright ones. Departures: turned and flipped crops of 128 px where the paper
 * shrinks whole pictures to 512 px, so that the loss's regions show less of a scene and `spatial=10`, as the paper has
 * it, keeps more of its contrast; fewer steps than 200 epochs of 2,002 pictures; no weight decay, which the code alone
 * has (0.0001).
 */
export const zeroDceRecipe = defineRecipe({
  network: "zero-dce",
  about: "one stage on dark and bright pictures without references",
  data: "unpaired",
  settings: {
    spatial: weightOf("spatial", "weight of changes in contrast between neighbouring regions"),
    exposure: weightOf("exposure", "weight of the regions' distance from the brightness that they should have"),
    colour: weightOf("colour", "weight of the distance between the channels' means"),
    smooth: weightOf("smooth", "weight of the curve parameters' steps from pixel to pixel"),
    brightness: {
      default: zeroDceLossSettings.brightness,
      min: 0,
      max: 1,
      about: "mean that every region should have",
    },
  },
  stages: [
    {
      name: "zero-dce",
      about: "finds curves that brighten a picture",
      stretch: false,
      augmentations: dihedrals,
      leastCropPx: 16,
      defaults: { steps: 10_000, batch: 4, cropPx: 128, rate: 1e-4 },
      schedule: constantRate,
      feeds: zeroDceFeeds,
      build: ({ settings, ...size }) => oneStep(zeroDceStep({ ...size, clipNorm: size.clipNorm ?? 0.1 }, settings)),
      viewAbout: "the enhanced picture against the bright one",
      view: (scope, image, reference) => ({ result: zeroDce(scope, image), target: reference }),
      networks: () => [zeroDceNetworks.whole],
    },
  ],
});
