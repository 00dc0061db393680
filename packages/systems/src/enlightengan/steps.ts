import type { StepSettings } from "@kindling/lab";
import {
  add,
  cast,
  concat,
  createScope,
  type Features,
  gather,
  input,
  integers,
  range,
  slice,
  type Tensor,
  type TrainingStep,
  trainingStep,
  weighTerms,
} from "@kindling/nets";
import { byBatchStatistics } from "@kindling/nets/internal";
import { leastSquares, relativisticLeastSquares } from "./adversarial.ts";
import {
  attentionOf,
  type DiscriminatorSize,
  enlightenGanDiscriminator,
  enlightenGanGenerator,
} from "./enlightengan.ts";
import { caffeColours, featurePreservingLoss } from "./feature-preserving.ts";

/** How EnlightenGAN is trained. */
export interface EnlightenGanSettings extends StepSettings {
  /** Patches that the local discriminator sees of every picture; default 6, as in the authors' code (the paper has 5). */
  readonly patches?: number;
  /** Their height and width in pixels; default 32. */
  readonly patchSidePx?: number;
  /** Default 5 halvings from 64 channels. */
  readonly globalDiscriminator?: DiscriminatorSize;
  /** Default 4 halvings from 64 channels. */
  readonly localDiscriminator?: DiscriminatorSize;
  /** What a trained network sees in pictures of BGR, 0 to 255; without it no loss preserves features. */
  readonly features?: Features;
}

/**
 * The three coupled steps of EnlightenGAN. They share one state, and are taken in turn: first the generator, whose
 * output `enhanced` is then `fake` for both discriminators.
 *
 * Inputs, pictures [batch, 3, side, side] of -1 to 1: `dark` what is enhanced, `original` the same before it was
 * darkened at random, `real` well-lit pictures of other scenes, `fake` enhanced ones; `tops` and `lefts` [patches]
 * where patches begin, in whole pixels.
 */
export interface EnlightenGanSteps {
  /** Takes dark, original, real, tops, lefts. */
  readonly generator: TrainingStep;
  /** Takes real, fake. */
  readonly globalDiscriminator: TrainingStep;
  /** Takes real, fake, tops, lefts. */
  readonly localDiscriminator: TrainingStep;
}

/** Source: Jiang et al., arXiv 1906.06972, section 3, with the authors' code for what the paper leaves open. */
export function enlightenGanSteps(settings: EnlightenGanSettings): EnlightenGanSteps {
  const { batch, cropPx, patches = 6, patchSidePx = 32, features } = settings;
  const { globalDiscriminator = { halvings: 5, channels: 64 } } = settings;
  const { localDiscriminator = { halvings: 4, channels: 64 } } = settings;
  const picture = (name: string) => input(name, [batch, 3, cropPx, cropPx]);
  const [dark, original, real, fake] = ["dark", "original", "real", "fake"].map(picture) as [
    Tensor,
    Tensor,
    Tensor,
    Tensor,
  ];
  const [tops, lefts] = [input("tops", [patches]), input("lefts", [patches])];
  const patchesOf = (image: Tensor) => cutPatches(image, tops, lefts, patchSidePx);

  const scope = createScope();
  const scoreWhole = (image: Tensor) =>
    enlightenGanDiscriminator(scope.at("global-discriminator"), image, globalDiscriminator);
  const scorePatches = (image: Tensor) =>
    enlightenGanDiscriminator(scope.at("local-discriminator"), patchesOf(image), localDiscriminator);
  const preserved = (a: Tensor, b: Tensor) =>
    featurePreservingLoss(features!(caffeColours(a)), features!(caffeColours(b)));

  const { normalise, statistics } = byBatchStatistics();
  const generator = scope.at("generator");
  // An average is for pictures to be made with; discriminators make none.
  const { averageDecay: _, ...withoutAverage } = settings;
  const { output } = enlightenGanGenerator(generator, dark, attentionOf(dark), "half_pixel", normalise);
  const adversarial = {
    global: relativisticLeastSquares.generator(scoreWhole(real), scoreWhole(output)),
    local: leastSquares.generator(scorePatches(real), scorePatches(output)),
  };
  return {
    generator: trainingStep({
      ...settings,
      name: "enlightengan/generator",
      inputs: features ? [dark, original, real, tops, lefts] : [dark, real, tops, lefts],
      loss: features
        ? weighTerms(
            {
              ...adversarial,
              features: preserved(output, original),
              "patch-features": preserved(patchesOf(output), patchesOf(original)),
            },
            { global: 1, local: 1, features: 1, "patch-features": 1 },
          )
        : weighTerms(adversarial, { global: 1, local: 1 }),
      outputs: { enhanced: output },
      learns: (path) => path.startsWith("generator/"),
      reads: (path) => path.includes("discriminator/"),
      statistics,
    }),
    globalDiscriminator: trainingStep({
      ...withoutAverage,
      name: "enlightengan/global-discriminator",
      inputs: [real, fake],
      loss: { total: relativisticLeastSquares.discriminator(scoreWhole(real), scoreWhole(fake)) },
    }),
    localDiscriminator: trainingStep({
      ...withoutAverage,
      name: "enlightengan/local-discriminator",
      inputs: [real, fake, tops, lefts],
      loss: { total: leastSquares.discriminator(scorePatches(real), scorePatches(fake)) },
    }),
  };
}

/** The patches of all pictures of a batch that begin at the given rows and columns: [patches * batch, 3, side, side]. */
function cutPatches(image: Tensor, tops: Tensor, lefts: Tensor, sidePx: number): Tensor {
  const positions = (starts: Tensor, i: number) =>
    add(cast(slice(starts, 0, i, i + 1), "int64"), range(integers(sidePx))); // [side]
  const count = tops.shape[0] as number;
  return concat(
    Array.from({ length: count }, (_, i) => gather(gather(image, positions(tops, i), 2), positions(lefts, i), 3)),
    0,
  );
}
