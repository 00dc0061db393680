import type { MethodSettings } from "@kindling/core";
import { dihedrals, exposuresOf, oneStep, type TrainingRecipe } from "@kindling/lab";
import { constant, type EdgeScale, mul, oneCycleRate } from "@kindling/nets";
import { intoTone, type KindTone, kindBlind, kindWithReference, stretchRange } from "./assembly.ts";
import { kindDecomposition, kindRestoration } from "./kind.ts";
import { kindNets, kindWholes } from "./networks.ts";
import {
  kindAdjustmentStep,
  kindDecompositionStep,
  kindReducedPx,
  kindRestorationStep,
  kindTogetherStep,
} from "./steps.ts";

/** The authors' own default of the light level, with which the whole network is looked at. */
const blindRatio = 5;

const toneOf = ({ root }: MethodSettings): KindTone => (root === 1 ? "root" : "encoded");

/** What is complete once there is an adjustment. */
const completed = (loss: MethodSettings) => [
  kindNets.restoration,
  kindNets.adjustment,
  ...Object.values(kindWholes[toneOf(loss)]),
];

const cycle = (rate: number, steps: number) => oneCycleRate(rate, steps, 0.05);

const edgeScales: readonly EdgeScale[] = ["batch", "picture", "none"];

/** SSIM, in the restoration's loss, looks through a window of 11 px; the networks halve their pictures up to four times. */
const common = { stretch: true, augmentations: dihedrals, leastCropPx: 16 };

/**
 * KinD in the paper's three stages, the last two on a frozen decomposition, and a fourth of ours.
 *
 * Source: Zhang, Zhang and Guo, arXiv 1905.04161. Departures: restoration
 * sees crops of 96 px instead of 384, stages are shorter and their rates higher, one cycle each; all of it can be set.
 */
export const kindRecipe: TrainingRecipe = {
  network: "kind",
  about:
    "decomposition, then restoration and adjustment with it frozen, apart and together; any two exposures of a scene",
  data: "exposures",
  loss: {
    equalReflectance: {
      default: 0.2,
      min: 0,
      max: 100,
      about: "decomposition: weight of the two reflectances' difference (paper: 0.01)",
    },
    smoothness: {
      default: 0.12,
      min: 0,
      max: 100,
      about: "decomposition: weight of illumination edges that the picture has not (paper: 0.15)",
    },
    edgesOver: {
      default: 2,
      min: 0,
      max: 2,
      integer: true,
      about: "decomposition: edges are normalised over the batch (0, paper), each picture (1), or not at all (2)",
    },
    envelope: {
      default: 0.5,
      min: 0,
      max: 100,
      about: "decomposition: weight of the illumination's distance from the largest channel (paper: 0)",
    },
    root: {
      default: 1,
      min: 0,
      max: 1,
      integer: true,
      about: "all stages: the nets work on square roots of encoded values (1) or on these themselves (0, paper)",
    },
    targetPower: {
      default: 1,
      min: 0.5,
      max: 3,
      about: "restoration: power of the bright reflectance that is its target (paper's code: 1.2)",
    },
    lit: {
      default: 1,
      min: 0,
      max: 100,
      about: "restoration: weight of its error under the bright picture's illumination (paper: 0)",
    },
  },
  stages: [
    {
      ...common,
      name: "decomposition",
      about: "splits pictures into reflectance and illumination",
      defaults: { steps: 5000, batch: 10, cropPx: 48, rate: 6e-4 },
      schedule: cycle,
      build: ({ loss, ...size }) => {
        const { equalReflectance, smoothness, edgesOver, envelope } = loss;
        const weights = { equalReflectance, smoothness, edgesOver: edgeScales[edgesOver], envelope };
        return oneStep(kindDecompositionStep({ ...size, tone: toneOf(loss) }, weights), exposuresOf);
      },
      viewAbout: "the dark picture put together again from its layers, against itself",
      view: (scope, image, _, loss) => {
        const picture = intoTone(stretchRange(image), toneOf(loss));
        const { reflectance, illumination } = kindDecomposition(scope.at("decomposition"), picture);
        return { result: mul(reflectance, illumination), target: picture };
      },
      networks: () => [kindNets.decomposition],
    },
    {
      ...common,
      name: "restoration",
      about: "takes noise and colour cast off the reflectance; the decomposition is frozen",
      defaults: { steps: 5000, batch: 4, cropPx: 96, rate: 4e-4 },
      schedule: cycle,
      build: ({ loss, ...size }) => {
        const { targetPower, lit } = loss;
        return oneStep(kindRestorationStep({ ...size, tone: toneOf(loss) }, { targetPower, lit }), exposuresOf);
      },
      viewAbout: "the dark picture's restored reflectance against the bright picture's",
      view: (scope, image, reference, loss) => {
        const layersOf = (picture: typeof image) =>
          kindDecomposition(scope.at("decomposition"), intoTone(stretchRange(picture), toneOf(loss)));
        return {
          result: kindRestoration(scope.at("restoration"), layersOf(image)),
          target: layersOf(reference).reflectance,
        };
      },
      networks: (loss) => [kindNets.restoration, kindWholes[toneOf(loss)].analysis],
    },
    {
      ...common,
      name: "adjustment",
      about: "brings an illumination to another level; the decomposition is frozen",
      defaults: { steps: 3000, batch: 10, cropPx: 48, rate: 1e-3 },
      schedule: cycle,
      build: ({ loss, ...size }) =>
        oneStep(kindAdjustmentStep({ ...size, tone: toneOf(loss) }), ({ brighten, ...batch }) => ({
          ...exposuresOf(batch),
          brighten,
        })),
      viewAbout: `the whole network without a reference, at a light level of ${blindRatio}, against the bright picture`,
      view: (scope, image, reference, loss) => ({
        result: kindBlind(scope, image, constant(blindRatio, [1]), toneOf(loss)),
        target: reference,
      }),
      networks: completed,
    },
    {
      ...common,
      name: "together",
      about: "restoration and adjustment by what comes out of both, an addition of ours; the decomposition is frozen",
      reducedPx: kindReducedPx,
      defaults: { steps: 5000, batch: 4, cropPx: 96, rate: 4e-4 },
      schedule: cycle,
      build: ({ loss, ...size }) =>
        oneStep(kindTogetherStep({ ...size, tone: toneOf(loss) }), ({ lowReduced, normalReduced, ...batch }) => ({
          ...exposuresOf(batch),
          "low-reduced": lowReduced,
          "high-reduced": normalReduced,
        })),
      viewAbout: "the whole network at the bright picture's own light level, against that picture",
      view: (scope, image, reference, loss) => ({
        result: kindWithReference(scope, image, reference, toneOf(loss)),
        target: reference,
      }),
      networks: completed,
    },
  ],
};
