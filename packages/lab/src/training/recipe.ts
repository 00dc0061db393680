import type { ModelTensors, Random } from "@kindling/core";
import type { Features, Network, Schedule, Scope, Tensor, TrainingStep, TrainingStepSettings } from "@kindling/nets";
import type { Dihedral } from "../data/dihedral.ts";
import type { BatchSize, Feeds } from "../data/feeds.ts";
import type { LossOptions, LossSettings } from "./loss-settings.ts";
import type { StepRunner } from "./step-runner.ts";

/** How long and on what a stage is trained. */
export interface StageSettings {
  readonly steps: number;
  /** Pairs, or dark photos, of one step. */
  readonly batch: number;
  /** Side of the square crops. */
  readonly cropPx: number;
  /** Learning rate that the stage's schedule begins with. */
  readonly rate: number;
}

/** What the step of every network is built for: the size of its batches, and how it descends. */
export interface StepSettings
  extends BatchSize,
    Pick<TrainingStepSettings, "optimiser" | "clipNorm" | "averageDecay"> {}

/** What a stage is built for. */
export interface StageSize<Options extends LossOptions = LossOptions> extends StepSettings {
  /** What a trained network sees in a picture, for losses that compare by it. */
  readonly features?: Features | undefined;
  /** The recipe's loss settings, complete. */
  readonly loss: LossSettings<Options>;
}

/** A stage as graphs, with how one step of it is taken. */
export interface StageSteps {
  /** Graphs that share one state; several where networks are trained against each other. */
  readonly steps: readonly TrainingStep[];
  /**
   * Takes one step with the runners of `steps`, in their order.
   *
   * @param batch by the names of the stage's feeds.
   * @param random for what a step draws beside its batch; the same for the same seed and step.
   * @returns the terms of all losses, each a scalar.
   */
  readonly take: (
    runners: readonly StepRunner[],
    batch: ModelTensors,
    rate: number,
    random: Random,
  ) => Promise<ModelTensors>;
}

/** A picture made with what was learnt so far, and the one it should equal. */
export interface StageView {
  readonly result: Tensor;
  readonly target: Tensor;
}

/** A part of a training that runs from its first step to its last with the same loss. */
export interface TrainingStage<Options extends LossOptions = LossOptions> {
  readonly name: string;
  /** What is learnt, and what is frozen. */
  readonly about: string;
  readonly defaults: StageSettings;
  /** What each of its steps is fed. */
  readonly feeds: Feeds;
  /** The smallest crop that its losses can be computed on. */
  readonly leastCropPx: number;
  /** Whether whole photos are stretched from 0 to 1 before crops are cut. */
  readonly stretch: boolean;
  /** The share of pairs whose whole photos, reduced by area, get one black side; default 0. */
  readonly blackSides?: number;
  /** Turns and flips that crops are drawn with. */
  readonly augmentations: readonly Dihedral[];
  /** Adam's memory of the mean gradient; default 0.9. */
  readonly beta1?: number;
  readonly schedule: (rate: number, steps: number) => Schedule;
  readonly build: (size: StageSize<Options>) => StageSteps;
  /** What the view shows, in words. */
  readonly viewAbout: string;
  /** @param image and `reference`: the dark and the bright picture, [1, 3, height, width], 0 to 1, as the files have them. */
  readonly view: (scope: Scope, image: Tensor, reference: Tensor, loss: LossSettings<Options>) => StageView;
  /** The networks that the stage's end completes, under the recipe's loss settings. */
  readonly networks: (loss: LossSettings<Options>) => readonly Network[];
}

/** How a network is trained. */
export interface TrainingRecipe<Options extends LossOptions = LossOptions> {
  readonly network: string;
  readonly about: string;
  /** Pairs; pairs whose scenes give any two of their exposures; or dark and bright photos of different scenes. */
  readonly data: "pairs" | "exposures" | "unpaired";
  /** What sets its losses; the defaults are what worked best here, which need not be the paper's. */
  readonly loss: Options;
  /** In the order in which they are trained. */
  readonly stages: readonly TrainingStage<Options>[];
  /** Which of the system's model forms its weights belong in; default its first. */
  readonly model?: (loss: LossSettings<Options>) => string;
}

/**
 * Defines how a network is trained; its stages get their loss settings typed by the options.
 *
 * Whoever runs the recipe settles its loss settings by `settleLoss` first, so that they have these types.
 */
export function defineRecipe<const Options extends LossOptions>(recipe: TrainingRecipe<Options>): TrainingRecipe {
  return recipe as unknown as TrainingRecipe;
}

/** A stage of one graph that takes its batch as it is. */
export function oneStep(step: TrainingStep): StageSteps {
  return {
    steps: [step],
    take: async ([runner], batch, rate) => runner.take(batch, rate),
  };
}
