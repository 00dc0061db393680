import { defineRecipe, dihedrals, oneStep } from "@kindling/lab";
import { sidNetworks } from "./networks.ts";
import { sidOfPicture } from "./sid.ts";
import { exposureRatio, sidFeeds, sidStep } from "./step.ts";

/**
 * How SID is trained. Source: Chen et al., arXiv 1805.01934, and the authors' code: Adam at 1e-4, a tenth of it in the
 * second half. Departures: mosaics are those of developed dark pictures, decoded to linear light, in place of raw files;
 * the ratio of exposures is that of the pair's mean light; crops of 128 px in place of 1024.
 */
export const sidRecipe = defineRecipe({
  network: "sid",
  about: "one stage on pairs, of whose dark pictures it sees the mosaic",
  data: "pairs",
  settings: {},
  stages: [
    {
      name: "sid",
      about: "develops a dark mosaic",
      stretch: false,
      augmentations: dihedrals,
      leastCropPx: 32,
      defaults: { steps: 10_000, batch: 4, cropPx: 128, rate: 1e-4 },
      schedule: (rate, steps) => (step) => (step < steps / 2 ? rate : rate / 10),
      feeds: sidFeeds,
      build: (size) => oneStep(sidStep(size)),
      viewAbout: "the picture developed at the pair's ratio of exposures against the bright one",
      view: (scope, image, reference) => ({
        result: sidOfPicture(scope, image, exposureRatio(image, reference)),
        target: reference,
      }),
      networks: () => Object.values(sidNetworks),
    },
  ],
});
