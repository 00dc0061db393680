import { defineRecipe, dihedrals, oneStep, type StageSettings } from "@kindling/lab";
import { constantRate } from "@kindling/nets";
import { llnet, patchPx } from "./llnet.ts";
import { llnetNetworks } from "./networks.ts";
import { fineTuningStep, llnetFeeds, pretrainingSteps } from "./steps.ts";

const defaults: StageSettings = { steps: 10_000, batch: 50, cropPx: patchPx, rate: 1e-4 };

const common = {
  stretch: false,
  augmentations: dihedrals,
  leastCropPx: patchPx,
  defaults,
  schedule: constantRate,
  feeds: llnetFeeds,
  viewAbout: "the enhanced picture against the bright one",
  networks: () => [llnetNetworks.whole],
} as const;

/**
 * How LLNet is trained: its layers are pretrained by themselves, then together.
 *
 * Source: Lore et al., arXiv 1511.03995, section 3, and the released program: batches of 50 patches. Departures: pairs of
 * pictures in place of pictures that are darkened by a gamma and made noisy (`kindling synth` makes such pairs); Adam in
 * place of plain gradient descent; an autoencoder's decoder has weights of its own, not the encoder's transposed; the
 * three are pretrained at the same time, where the paper begins one when the last is done.
 */
export const llnetRecipe = defineRecipe({
  network: "llnet",
  about: "every layer by itself, then all together, on patches of pairs",
  data: "pairs",
  settings: {
    decay: { default: 0.5e-5, min: 0, max: 1, about: "weight of the squares of all weights" },
    sparsity: {
      default: 0.01,
      min: 0,
      max: 100,
      about: "weight of how far units are from the activity, in pretraining",
    },
    activity: { default: 0.2, min: 0.01, max: 0.99, about: "mean activation that units should have" },
  },
  stages: [
    {
      ...common,
      name: "pretraining",
      about: "three denoising autoencoders, one in the other",
      build: ({ settings, ...size }) => ({
        steps: pretrainingSteps(size, settings),
        async take(runners, batch, rate) {
          const pair = { low: batch["low"], high: batch["high"] };
          const terms = [];
          for (const [i, runner] of runners.entries()) {
            const { total } = await runner.take(pair, rate);
            terms.push([`layer${i + 1}`, total] as const);
          }
          return Object.fromEntries(terms);
        },
      }),
      view: (scope, image, reference) => ({ result: llnet(scope, image), target: reference }),
    },
    {
      ...common,
      name: "fine-tuning",
      about: "all layers together",
      build: ({ settings, ...size }) => oneStep(fineTuningStep(size, settings)),
      view: (scope, image, reference) => ({ result: llnet(scope, image), target: reference }),
    },
  ],
});
