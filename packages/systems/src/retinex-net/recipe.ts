import { defineRecipe, dihedrals, oneStep } from "@kindling/lab";
import { mul } from "@kindling/nets";
import { retinexNetNetworks } from "./networks.ts";
import { retinexNet, retinexNetDecomposition } from "./retinex-net.ts";
import { retinexNetDecompositionStep, retinexNetFeeds, retinexNetRelightStep } from "./steps.ts";

const common = { stretch: false, augmentations: dihedrals, leastCropPx: 8, feeds: retinexNetFeeds };

/**
 * How RetinexNet is trained: two stages, the second on a frozen decomposition. Source: Wei et al., arXiv 1808.04560, and
 * the authors' code: a rate of 1e-3, a tenth of it after a fifth of the steps.
 */
export const retinexNetRecipe = defineRecipe({
  network: "retinex-net",
  about: "decomposition, then relighting with it frozen",
  data: "pairs",
  settings: {},
  stages: [
    {
      ...common,
      name: "decomposition",
      about: "splits pictures into reflectance and illumination",
      defaults: { steps: 3000, batch: 16, cropPx: 48, rate: 1e-3 },
      schedule: stepDownRate,
      build: (size) => oneStep(retinexNetDecompositionStep(size)),
      viewAbout: "the dark picture rebuilt from its layers, against itself",
      view: (scope, image) => {
        const { reflectance, illumination } = retinexNetDecomposition(scope.at("decomposition"), image);
        return { result: mul(reflectance, illumination), target: image };
      },
      networks: () => [retinexNetNetworks.decomposition],
    },
    {
      ...common,
      name: "relight",
      about: "brightens the illumination; the decomposition is frozen",
      defaults: { steps: 3000, batch: 16, cropPx: 48, rate: 1e-3 },
      schedule: stepDownRate,
      build: (size) => oneStep(retinexNetRelightStep(size)),
      viewAbout: "the enhanced picture against the bright one",
      view: (scope, image, reference) => ({ result: retinexNet(scope, image).enhanced, target: reference }),
      networks: () => [retinexNetNetworks.relight, retinexNetNetworks.whole],
    },
  ],
});

/** The rate for a fifth of the steps, then a tenth of it. */
function stepDownRate(rate: number, steps: number) {
  return (step: number) => (step < steps / 5 ? rate : rate / 10);
}
