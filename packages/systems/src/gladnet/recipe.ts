import { defineRecipe, dihedrals, oneStep } from "@kindling/lab";
import { decayingRate } from "@kindling/nets";
import { gladnet } from "./gladnet.ts";
import { gladnetNetworks } from "./networks.ts";
import { gladnetFeeds, gladnetStep } from "./step.ts";

/**
 * How GLADNet is trained. Source: Wang et al., FG 2018, and the authors' code. Departures: the detail branch learns from
 * crops of 64 px while the global branch sees the whole picture, as it does in use (the authors give both the same crop of
 * 384 px); fewer steps.
 */
export const gladnetRecipe = defineRecipe({
  network: "gladnet",
  about: "one stage on pairs",
  data: "pairs",
  settings: {},
  stages: [
    {
      name: "gladnet",
      about: "enhances a picture",
      stretch: false,
      augmentations: dihedrals,
      leastCropPx: 8,
      defaults: { steps: 10_000, batch: 8, cropPx: 64, rate: 1e-3 },
      schedule: (rate) => decayingRate(rate, 0.96, 100),
      feeds: gladnetFeeds,
      build: (size) => oneStep(gladnetStep(size)),
      viewAbout: "the enhanced picture against the bright one",
      view: (scope, image, reference) => ({ result: gladnet(scope, image), target: reference }),
      networks: () => [gladnetNetworks.whole],
    },
  ],
});
