import { defineRecipe, dihedrals, oneStep } from "@kindling/lab";
import { constantRate } from "@kindling/nets";
import { hdrnet } from "./hdrnet.ts";
import { hdrnetNetworks } from "./networks.ts";
import { hdrnetFeeds, hdrnetStep } from "./step.ts";

/**
 * How HDRNet is trained. Source: Gharbi et al., arXiv 1707.02880, section 3.5, and the authors' code: Adam at 1e-4
 * throughout, batches of 4 to 16. Departures: the grid comes of the whole picture and is applied to a crop of 128 px,
 * where the authors crop pictures to 512 px first; no batch normalisation, as in the code's default; a rate of 1e-3,
 * since steps are fewer.
 */
export const hdrnetRecipe = defineRecipe({
  network: "hdrnet",
  about: "one stage on pairs",
  data: "pairs",
  settings: {},
  stages: [
    {
      name: "hdrnet",
      about: "finds colour maps for every place and tone of a picture",
      stretch: false,
      augmentations: dihedrals,
      leastCropPx: 8,
      defaults: { steps: 10_000, batch: 8, cropPx: 128, rate: 1e-3 },
      schedule: constantRate,
      feeds: hdrnetFeeds,
      build: (size) => oneStep(hdrnetStep(size)),
      viewAbout: "the enhanced picture against the bright one",
      view: (scope, image, reference) => ({ result: hdrnet(scope, image), target: reference }),
      networks: () => [hdrnetNetworks.whole],
    },
  ],
});
