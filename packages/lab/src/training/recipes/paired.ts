import {
  constantRate,
  decayingRate,
  gladnet,
  gladnetStep,
  glanceSidePx,
  msrNet,
  msrNetStep,
  mul,
  retinexNet,
  retinexNetDecomposition,
  retinexNetDecompositionStep,
  retinexNetRelightStep,
} from "@kindling/nets";
import { dihedrals } from "../../data/dihedral.ts";
import { exposuresOf, oneStep, overviewsOf, type TrainingRecipe } from "../recipe.ts";

const common = { stretch: false, augmentations: dihedrals, leastCropPx: 8 };
const wholePicture = "the enhanced picture against the bright one";

/**
 * GLADNet. Source: Wang et al., FG 2018, and the authors' code. Departure: the detail branch learns from crops of 64 px
 * while the global branch sees the whole picture, as it does in use; there both see crops of 384 px. Fewer steps.
 */
export const gladnetRecipe: TrainingRecipe = {
  network: "gladnet",
  about: "one stage on pairs",
  data: "pairs",
  loss: {},
  stages: [
    {
      ...common,
      name: "gladnet",
      about: "enhances a picture",
      defaults: { steps: 10_000, batch: 8, cropPx: 64, rate: 1e-3 },
      schedule: (rate) => decayingRate(rate, 0.96, 100),
      overviewPx: glanceSidePx,
      build: (size) =>
        oneStep(gladnetStep(size), (batch) => ({
          ...exposuresOf(batch),
          ...overviewsOf(batch),
        })),
      viewAbout: wholePicture,
      view: (scope, image, reference) => ({ result: gladnet(scope, image), target: reference }),
      networks: () => ["gladnet"],
    },
  ],
};

/** MSR-net. Source: Shen et al., arXiv 1711.02488, which leaves batch and learning rate open. */
export const msrNetRecipe: TrainingRecipe = {
  network: "msr-net",
  about: "one stage on pairs",
  data: "pairs",
  loss: {},
  stages: [
    {
      ...common,
      name: "msr-net",
      about: "enhances a picture",
      defaults: { steps: 20_000, batch: 16, cropPx: 64, rate: 1e-3 },
      schedule: constantRate,
      build: (size) => oneStep(msrNetStep(size), exposuresOf),
      viewAbout: wholePicture,
      view: (scope, image, reference) => ({ result: msrNet(scope, image), target: reference }),
      networks: () => ["msr-net"],
    },
  ],
};

/**
 * RetinexNet in two stages, the second on a frozen decomposition. Source: Wei et al., arXiv 1808.04560, and the authors'
 * code: 1e-3, a tenth of it after a fifth of the training.
 */
export const retinexNetRecipe: TrainingRecipe = {
  network: "retinex-net",
  about: "decomposition, then relighting with it frozen",
  data: "pairs",
  loss: {},
  stages: [
    {
      ...common,
      name: "decomposition",
      about: "splits pictures into reflectance and illumination",
      defaults: { steps: 3000, batch: 16, cropPx: 48, rate: 1e-3 },
      schedule: afterAFifthATenth,
      build: (size) => oneStep(retinexNetDecompositionStep(size), exposuresOf),
      viewAbout: "the dark picture put together again from its layers, against itself",
      view: (scope, image) => {
        const { reflectance, illumination } = retinexNetDecomposition(scope.at("decomposition"), image);
        return { result: mul(reflectance, illumination), target: image };
      },
      networks: () => ["retinex-net/decomposition"],
    },
    {
      ...common,
      name: "relight",
      about: "brightens the illumination; the decomposition is frozen",
      defaults: { steps: 3000, batch: 16, cropPx: 48, rate: 1e-3 },
      schedule: afterAFifthATenth,
      build: (size) => oneStep(retinexNetRelightStep(size), exposuresOf),
      viewAbout: wholePicture,
      view: (scope, image, reference) => ({ result: retinexNet(scope, image), target: reference }),
      networks: () => ["retinex-net/relight", "retinex-net"],
    },
  ],
};

function afterAFifthATenth(rate: number, steps: number) {
  return (step: number) => (step < steps / 5 ? rate : rate / 10);
}
