import { KindlingError } from "@kindling/core";
import { defineRecipe, flips, type StageSize, type StageSteps } from "@kindling/lab";
import { flatThenLinearRate } from "@kindling/nets";
import { cycleGan } from "./cyclegan.ts";
import { cycleGanGenerators } from "./networks.ts";
import { cycleGanSettings } from "./settings.ts";
import { cycleGanFeeds, cycleGanSteps } from "./steps.ts";

/**
 * How CycleGAN is trained: every step updates both generators, then both discriminators.
 *
 * Source: Zhu et al., arXiv 1703.10593, and the authors' code: Adam at 2e-4, constant for the first half, then falling to
 * zero; one picture a step. Departures: crops of 128 px in place of 256; discriminators see the generators' latest
 * pictures and not a pool of 50 earlier ones, which a checkpoint would have to hold.
 */
export const cycleGanRecipe = defineRecipe({
  network: "cyclegan",
  about: "three coupled steps on dark and bright pictures of different scenes",
  data: "unpaired",
  settings: cycleGanSettings,
  stages: [
    {
      name: "cyclegan",
      about: "two generators, there and back, against two discriminators",
      stretch: false,
      augmentations: flips,
      defaults: { steps: 20_000, batch: 1, cropPx: 128, rate: 2e-4 },
      leastCropPx: 24,
      beta1: 0.5,
      schedule: (rate, steps) => flatThenLinearRate(rate, Math.floor(steps / 2), Math.max(Math.ceil(steps / 2), 1)),
      feeds: cycleGanFeeds,
      build: buildGan,
      viewAbout: "the enhanced picture against the bright one",
      view: (scope, image, reference) => ({ result: cycleGan(scope.at("brighten"), image), target: reference }),
      networks: () => Object.values(cycleGanGenerators),
    },
  ],
});

function buildGan({ settings, ...size }: StageSize<typeof cycleGanSettings>): StageSteps {
  if (size.cropPx % 4 > 0) {
    throw new KindlingError("invalid-option", `--crop: CycleGAN takes multiples of 4 px; got ${size.cropPx}.`);
  }
  const { generators, brightDiscriminator, darkDiscriminator } = cycleGanSteps(size, settings);
  return {
    steps: [generators, brightDiscriminator, darkDiscriminator],
    async take([generator, bright, dark], batch, rate) {
      const real = { dark: batch["dark"], bright: batch["bright"] };
      const { fakeBright, fakeDark, ...terms } = await generator.take(real, rate);
      const { total: brightTotal } = await bright.take({ real: real.bright, fake: fakeBright }, rate);
      const { total: darkTotal } = await dark.take({ real: real.dark, fake: fakeDark }, rate);
      return { ...terms, "bright-discriminator": brightTotal, "dark-discriminator": darkTotal };
    },
  };
}
