import { crop, type Feeds, feedInputs, type StepSettings } from "@kindling/lab";
import {
  add,
  createScope,
  input,
  leastSquares,
  meanAbsoluteError,
  mul,
  type Scope,
  sub,
  type Tensor,
  type TrainingStep,
  trainingStep,
  weighTerms,
} from "@kindling/nets";
import { cycleGanDiscriminator, cycleGanGenerator } from "./cyclegan.ts";
import type { CycleGanOptions } from "./settings.ts";

/** Crops of dark and of bright pictures, which show different scenes. */
export const cycleGanFeeds = { dark: crop("dark"), bright: crop("bright") } satisfies Feeds;

/**
 * The three coupled steps of CycleGAN, which share one state and run in turn: first both generators, whose outputs
 * `fakeBright` and `fakeDark` are then the input `fake` of the discriminators. All pictures are [batch, 3, crop, crop],
 * 0 to 1.
 */
export interface CycleGanSteps {
  /** Inputs: dark, bright. */
  readonly generators: TrainingStep;
  /** Inputs: real, fake. */
  readonly brightDiscriminator: TrainingStep;
  /** Inputs: real, fake. */
  readonly darkDiscriminator: TrainingStep;
}

/**
 * Builds the steps of CycleGAN. Source: Zhu et al., arXiv 1703.10593, section 3, with least squares and the identity loss
 * as in the authors' code.
 */
export function cycleGanSteps(settings: StepSettings, { cycle, identity }: CycleGanOptions): CycleGanSteps {
  const inputs = feedInputs(cycleGanFeeds, settings);
  const scope = createScope();
  const [dark, bright] = [centre(inputs.dark), centre(inputs.bright)];
  const brighten = (image: Tensor) => cycleGanGenerator(scope.at("brighten"), image);
  const darken = (image: Tensor) => cycleGanGenerator(scope.at("darken"), image);
  const [brightScores, darkScores] = [scope.at("bright-discriminator"), scope.at("dark-discriminator")];

  const [fakeBright, fakeDark] = [brighten(dark), darken(bright)];
  const fools = (scores: Scope, fake: Tensor) => {
    const score = cycleGanDiscriminator(scores, fake);
    return leastSquares.generator(score, score);
  };
  const returns = add(meanAbsoluteError(darken(fakeBright), dark), meanAbsoluteError(brighten(fakeDark), bright));
  const keeps = () => add(meanAbsoluteError(brighten(bright), bright), meanAbsoluteError(darken(dark), dark));
  const fooled = { brighten: fools(brightScores, fakeBright), darken: fools(darkScores, fakeDark) };
  // Averages of weights serve to make pictures; discriminators make none.
  const { averageDecay: _, ...withoutAverage } = settings;
  return {
    generators: trainingStep({
      ...settings,
      name: "cyclegan/generators",
      inputs: Object.values(inputs),
      loss: weighTerms<string>(
        { ...fooled, cycle: returns, ...(identity > 0 && { identity: keeps() }) },
        { brighten: 1, darken: 1, cycle, ...(identity > 0 && { identity }) },
      ),
      outputs: { fakeBright: uncentre(fakeBright), fakeDark: uncentre(fakeDark) },
      learns: (path) => !path.includes("discriminator/"),
      reads: (path) => path.includes("discriminator/"),
    }),
    brightDiscriminator: discriminatorStep(withoutAverage, "cyclegan/bright-discriminator", brightScores),
    darkDiscriminator: discriminatorStep(withoutAverage, "cyclegan/dark-discriminator", darkScores),
  };
}

function discriminatorStep(settings: StepSettings, name: string, scope: Scope): TrainingStep {
  const picture = (which: string) => input(which, [settings.batch, 3, settings.cropPx, settings.cropPx]);
  const [real, fake] = [picture("real"), picture("fake")];
  const score = (image: Tensor) => cycleGanDiscriminator(scope, centre(image));
  return trainingStep({
    ...settings,
    name,
    inputs: [real, fake],
    loss: { total: leastSquares.discriminator(score(real), score(fake)) },
  });
}

/** Maps values from 0 to 1 to values from -1 to 1. */
function centre(image: Tensor): Tensor {
  return sub(mul(image, 2), 1);
}

function uncentre(image: Tensor): Tensor {
  return mul(add(image, 1), 0.5);
}
