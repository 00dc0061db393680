import { completeSettings, type StepSettings } from "@kindling/lab";
import {
  add,
  cast,
  concat,
  createScope,
  type Features,
  gather,
  input,
  integers,
  leastSquares,
  range,
  slice,
  type Tensor,
  type TrainingStep,
  trainingStep,
  weighTerms,
} from "@kindling/nets";
import { byBatchStatistics } from "@kindling/nets/internal";
import {
  attentionOf,
  type DiscriminatorSize,
  enlightenGanDiscriminator,
  enlightenGanGenerator,
  globalDiscriminatorSize,
  localDiscriminatorSize,
} from "./enlightengan.ts";
import { caffeColours, equaliseBrightness, featurePreservingLoss, relativisticLeastSquares } from "./losses.ts";
import { type EnlightenGanOptions, enlightenGanSettings } from "./settings.ts";

/** Patches that the local discriminator sees of every picture: 6 in the authors' code, 5 in the paper. */
export const patchCount = 6;

/** Height and width of a patch in pixels. */
export const patchSidePx = 32;

const paperOptions = completeSettings(enlightenGanSettings, {}) as EnlightenGanOptions;

/** Settings of EnlightenGAN's steps. */
export interface EnlightenGanSettings extends StepSettings {
  /** Patches that the local discriminator sees of every picture; default `patchCount`. */
  readonly patches?: number;
  /** Height and width of a patch in pixels; default `patchSidePx`. */
  readonly patchSidePx?: number;
  /** Default `globalDiscriminatorSize`. */
  readonly globalDiscriminator?: DiscriminatorSize;
  /** Default `localDiscriminatorSize`. */
  readonly localDiscriminator?: DiscriminatorSize;
  /** Features of pictures in BGR, 0 to 255, by a trained network; default no loss preserves features. */
  readonly features?: Features | undefined;
  /** Weights of the losses, how features are compared, and the generator's attention; default the paper's. */
  readonly options?: EnlightenGanOptions;
}

/**
 * The three coupled steps of EnlightenGAN. They share one state and run in turn: first the generator, whose output
 * `enhanced` is then the input `fake` of both discriminators.
 *
 * Inputs are pictures [batch, 3, side, side] from -1 to 1: `dark` to enhance, `original` the same before it was darkened at
 * random, `real` well-lit pictures of other scenes, `fake` enhanced ones; and `tops` and `lefts` [patches], the first row
 * and column of every patch in whole pixels.
 */
export interface EnlightenGanSteps {
  /** Inputs: dark, original (only with features), real, tops and lefts (only where a loss sees patches). */
  readonly generator: TrainingStep;
  /** Inputs: real, fake. */
  readonly globalDiscriminator: TrainingStep;
  /** Inputs: real, fake, tops, lefts. Undefined where its weight is 0. */
  readonly localDiscriminator: TrainingStep | undefined;
}

/**
 * Builds the steps of EnlightenGAN. Source: Jiang et al., arXiv 1906.06972, section 3, with the authors' code for what the
 * paper leaves open.
 */
export function enlightenGanSteps(settings: EnlightenGanSettings): EnlightenGanSteps {
  const {
    batch,
    cropPx,
    patches = patchCount,
    patchSidePx: sidePx = patchSidePx,
    features,
    options = paperOptions,
  } = settings;
  const weights = weightsOf(options, features !== undefined);
  const seesPatches = weights.local > 0 || weights["patch-features"] > 0;
  const { globalDiscriminator = globalDiscriminatorSize } = settings;
  const { localDiscriminator = localDiscriminatorSize } = settings;
  const picture = (name: string) => input(name, [batch, 3, cropPx, cropPx]);
  const [dark, original, real, fake] = ["dark", "original", "real", "fake"].map(picture) as [
    Tensor,
    Tensor,
    Tensor,
    Tensor,
  ];
  const [tops, lefts] = [input("tops", [patches]), input("lefts", [patches])];
  const patchesOf = (image: Tensor) => cutPatches(image, tops, lefts, sidePx);

  const scope = createScope();
  const scoreWhole = (image: Tensor) =>
    enlightenGanDiscriminator(scope.at("global-discriminator"), image, globalDiscriminator);
  const scorePatches = (image: Tensor) =>
    enlightenGanDiscriminator(scope.at("local-discriminator"), patchesOf(image), localDiscriminator);
  const seen = (image: Tensor) =>
    features!(caffeColours(options.featuresAt === "equal" ? equaliseBrightness(image) : image));
  const preserve = (a: Tensor, b: Tensor) => featurePreservingLoss(seen(a), seen(b));

  const { normalise, statistics } = byBatchStatistics();
  const generator = scope.at("generator");
  // Averages of weights serve to make pictures; discriminators make none.
  const { averageDecay: _, ...withoutAverage } = settings;
  const attention = options.attention === "on" ? attentionOf(dark) : undefined;
  const { output } = enlightenGanGenerator(generator, dark, attention, "half_pixel", normalise);
  const terms = {
    global: () => relativisticLeastSquares.generator(scoreWhole(real), scoreWhole(output)),
    local: () => leastSquares.generator(scorePatches(real), scorePatches(output)),
    features: () => preserve(output, original),
    "patch-features": () => preserve(patchesOf(output), patchesOf(original)),
  };
  const used = (Object.keys(terms) as (keyof typeof terms)[]).filter((term) => weights[term] > 0);
  const preserves = weights.features > 0 || weights["patch-features"] > 0;
  return {
    generator: trainingStep({
      ...settings,
      name: "enlightengan/generator",
      inputs: [dark, ...(preserves ? [original] : []), real, ...(seesPatches ? [tops, lefts] : [])],
      loss: weighTerms(
        Object.fromEntries(used.map((term) => [term, terms[term]()])),
        Object.fromEntries(used.map((term) => [term, weights[term]])),
      ),
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
    localDiscriminator:
      weights.local === 0
        ? undefined
        : trainingStep({
            ...withoutAverage,
            name: "enlightengan/local-discriminator",
            inputs: [real, fake, tops, lefts],
            loss: { total: leastSquares.discriminator(scorePatches(real), scorePatches(fake)) },
          }),
  };
}

/** The weights of the generator's terms; terms of weight 0 are left out of its graph. */
function weightsOf({ global, local, features, patchFeatures }: EnlightenGanOptions, hasFeatures: boolean) {
  return {
    global,
    local,
    features: hasFeatures ? features : 0,
    "patch-features": hasFeatures ? patchFeatures : 0,
  };
}

/** Cuts the patches that begin at the given rows and columns out of all pictures: [patches * batch, 3, side, side]. */
function cutPatches(image: Tensor, tops: Tensor, lefts: Tensor, sidePx: number): Tensor {
  const positions = (starts: Tensor, i: number) =>
    add(cast(slice(starts, 0, i, i + 1), "int64"), range(integers(sidePx))); // [side]
  const count = tops.shape[0] as number;
  return concat(
    Array.from({ length: count }, (_, i) => gather(gather(image, positions(tops, i), 2), positions(lefts, i), 3)),
    0,
  );
}
