import type { ModelTensor, Random } from "@kindling/core";
import { crop, darkenedCrop, defineRecipe, flips, type StageSize, type StageSteps } from "@kindling/lab";
import { flatThenLinearRate, inputName } from "@kindling/nets";
import { enlightenGan } from "./enlightengan.ts";
import { enlightenGanForm } from "./networks.ts";
import { enlightenGanSettings } from "./settings.ts";
import { enlightenGanSteps, patchCount, patchSidePx } from "./steps.ts";

/**
 * How EnlightenGAN is trained: every step updates the generator, then the global and the local discriminator.
 *
 * Source: Jiang et al., arXiv 1906.06972, and the authors' code: the rate is constant for the first half, then falls to zero.
 * Departure: the defaults of batch and crop are smaller than 32 and 320 px.
 */
export const enlightenGanRecipe = defineRecipe({
  network: "enlightengan",
  about: "three coupled steps on dark and bright pictures of different scenes",
  data: "unpaired",
  settings: enlightenGanSettings,
  perceptualSettings: ["features", "patchFeatures", "featuresAt"],
  stages: [
    {
      name: "enlightengan",
      about: "a generator against two discriminators",
      stretch: false,
      augmentations: flips,
      defaults: { steps: 10_000, batch: 4, cropPx: 128, rate: 1e-4 },
      leastCropPx: patchSidePx,
      beta1: 0.5,
      schedule: (rate, steps) => flatThenLinearRate(rate, Math.floor(steps / 2), Math.max(Math.ceil(steps / 2), 1)),
      feeds: { dark: darkenedCrop(), original: crop("dark"), real: crop("bright") },
      build: buildGan,
      viewAbout: "the enhanced picture against the bright one",
      view: (scope, image, reference, settings) => ({
        result: enlightenGan(scope.at("generator"), image, "half_pixel", settings),
        target: reference,
      }),
      networks: (settings) => Object.values(enlightenGanForm(settings).parts).map(({ network }) => network),
    },
  ],
  model: enlightenGanForm,
});

function buildGan({ settings, ...size }: StageSize<typeof enlightenGanSettings>): StageSteps {
  const { cropPx } = size;
  const gan = enlightenGanSteps({ ...size, options: settings });
  const takes = (name: string) => gan.generator.graph.inputs.some((tensor) => inputName(tensor) === name);
  return {
    steps: [gan.generator, gan.globalDiscriminator, ...(gan.localDiscriminator ? [gan.localDiscriminator] : [])],
    async take([generator, whole, local], batch, rate, random) {
      const [dark, real] = [centre(batch["dark"]), centre(batch["real"])];
      const places = { tops: drawStarts(random, cropPx), lefts: drawStarts(random, cropPx) };
      const original = takes("original") && { original: centre(batch["original"]) };
      const fed = { dark, real, ...original, ...(takes("tops") && places) };
      const { enhanced: fake, ...made } = await generator.take(fed, rate);
      const { total: wholeTotal } = await whole.take({ real, fake }, rate);
      const terms = { ...made, "global-discriminator": wholeTotal };
      if (!local) return terms;
      const { total: localTotal } = await local.take({ real, fake, ...places }, rate);
      return { ...terms, "local-discriminator": localTotal };
    },
  };
}

/** Maps values from 0 to 1 to values from -1 to 1. */
function centre({ shape, values }: ModelTensor): ModelTensor {
  return { shape, values: values.map((value) => 2 * value - 1) };
}

/** Draws the first row or column of every patch. */
function drawStarts(random: Random, cropPx: number): ModelTensor {
  const start = () => Math.floor(random() * (cropPx - patchSidePx + 1));
  return { shape: [patchCount], values: Float32Array.from({ length: patchCount }, start) };
}
