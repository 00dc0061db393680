import { defineRecipe, dihedrals, oneStep } from "@kindling/lab";
import { constant, mul, oneCycleRate } from "@kindling/nets";
import { intoTone, type KindTone, kindBlind, kindWithReference, stretchRange } from "./assembly.ts";
import { defaultRatio } from "./facts.ts";
import { kindForms } from "./forms.ts";
import { kindDecomposition, kindRestoration } from "./kind.ts";
import { kindNets, kindWholes } from "./networks.ts";
import { kindPaperSettings, kindSettings } from "./settings.ts";
import {
  kindAdjustmentFeeds,
  kindAdjustmentStep,
  kindDecompositionStep,
  kindFeeds,
  kindRestorationStep,
  kindTogetherFeeds,
  kindTogetherStep,
} from "./steps.ts";

/** Lists the networks that are complete once the adjustment is trained. */
const listCompleted = ({ tone }: { readonly tone: KindTone }) => [
  kindNets.restoration,
  kindNets.adjustment,
  ...Object.values(kindWholes[tone]),
];

const cycle = (rate: number, steps: number) => oneCycleRate(rate, steps, 0.05);

/** Crops of 16 px or more: SSIM in the restoration's loss has a window of 11 px, and the nets halve pictures four times. */
const common = { stretch: true, augmentations: dihedrals, leastCropPx: 16 };

/**
 * How KinD is trained: the paper's three stages, the last two on a frozen decomposition, and a fourth of ours.
 *
 * Source: Zhang, Zhang and Guo, arXiv 1905.04161. Departures: the restoration's crops are 96 px instead of 384, stages are
 * shorter, and their rates are higher and follow one cycle; the losses are ours by default. All of these are settings.
 */
export const kindRecipe = defineRecipe({
  network: "kind",
  about:
    "decomposition, then with it frozen restoration, adjustment and both together; on any two exposures of a scene",
  data: "exposures",
  settings: kindSettings,
  stages: [
    {
      ...common,
      name: "decomposition",
      about: "splits pictures into reflectance and illumination",
      defaults: { steps: 5000, batch: 10, cropPx: 48, rate: 6e-4 },
      schedule: cycle,
      feeds: kindFeeds,
      build: ({ settings, ...size }) => oneStep(kindDecompositionStep({ ...size, tone: settings.tone }, settings)),
      viewAbout: "the dark picture rebuilt from its layers, against itself",
      view: (scope, image, _, { tone }) => {
        const picture = intoTone(stretchRange(image), tone);
        const { reflectance, illumination } = kindDecomposition(scope.at("decomposition"), picture);
        return { result: mul(reflectance, illumination), target: picture };
      },
      networks: () => [kindNets.decomposition],
    },
    {
      ...common,
      name: "restoration",
      about: "removes noise and colour cast from the reflectance; the decomposition is frozen",
      defaults: { steps: 5000, batch: 4, cropPx: 96, rate: 4e-4 },
      schedule: cycle,
      feeds: kindFeeds,
      build: ({ settings, ...size }) => oneStep(kindRestorationStep({ ...size, tone: settings.tone }, settings)),
      viewAbout: "the dark picture's restored reflectance against the bright picture's",
      view: (scope, image, reference, { tone }) => {
        const layersOf = (picture: typeof image) =>
          kindDecomposition(scope.at("decomposition"), intoTone(stretchRange(picture), tone));
        return {
          result: kindRestoration(scope.at("restoration"), layersOf(image)),
          target: layersOf(reference).reflectance,
        };
      },
      networks: ({ tone }) => [kindNets.restoration, kindWholes[tone].analysis],
    },
    {
      ...common,
      name: "adjustment",
      about: "brings an illumination to another light level; the decomposition is frozen",
      defaults: { steps: 3000, batch: 10, cropPx: 48, rate: 1e-3 },
      schedule: cycle,
      feeds: kindAdjustmentFeeds,
      build: ({ settings: { tone }, ...size }) => oneStep(kindAdjustmentStep({ ...size, tone })),
      viewAbout: `the whole network without a reference, at a light level of ${defaultRatio}, against the bright picture`,
      view: (scope, image, reference, { tone }) => ({
        result: kindBlind(scope, image, constant(defaultRatio, [1]), tone),
        target: reference,
      }),
      networks: listCompleted,
    },
    {
      ...common,
      name: "together",
      about: "trains restoration and adjustment on their joint result, our addition; the decomposition is frozen",
      defaults: { steps: 5000, batch: 4, cropPx: 96, rate: 4e-4 },
      schedule: cycle,
      feeds: kindTogetherFeeds,
      build: ({ settings: { tone }, ...size }) => oneStep(kindTogetherStep({ ...size, tone })),
      viewAbout: "the whole network at the bright picture's own light level, against that picture",
      view: (scope, image, reference, { tone }) => ({
        result: kindWithReference(scope, image, reference, tone),
        target: reference,
      }),
      networks: listCompleted,
    },
  ],
  presets: { paper: kindPaperSettings, ours: {} },
  model: ({ tone }) => kindForms[tone],
});
