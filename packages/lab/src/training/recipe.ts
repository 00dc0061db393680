import type { MethodOption, MethodSettings, ModelTensors, Random } from "@kindling/core";
import type { CropSettings } from "@kindling/lab";
import type { Features, Network, Schedule, Scope, Tensor, TrainingStep } from "@kindling/nets";
import type { Dihedral } from "../data/dihedral.ts";
import type { StepRunner } from "./step-runner.ts";

/** How long and on what a stage is trained. */
export interface StageSettings {
  readonly steps: number;
  /** Pairs, or dark pictures, of one step. */
  readonly batch: number;
  /** Side of the square crops. */
  readonly cropPx: number;
  /** Learning rate that the stage's schedule begins with. */
  readonly rate: number;
}

/** What a stage is built for: the size of its batches, and how it descends. */
export interface StageSize extends CropSettings {
  /** What a trained network sees in a picture, for losses that compare by it. */
  readonly features?: Features | undefined;
  /** The recipe's loss settings, complete. */
  readonly loss: MethodSettings;
}

/** A stage as graphs, with how one step of it is taken. */
export interface StageSteps {
  /** Graphs that share one state; several where networks are trained against each other. */
  readonly steps: readonly TrainingStep[];
  /**
   * Takes one step with the runners of `steps`, in their order.
   *
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
export interface TrainingStage {
  readonly name: string;
  /** What is learnt, and what is frozen. */
  readonly about: string;
  readonly defaults: StageSettings;
  /** The smallest crop that its losses can be computed on. */
  readonly leastCropPx: number;
  /** Whether whole pictures are stretched from 0 to 1 before crops are cut. */
  readonly stretch: boolean;
  /** Side in pixels of the reduced whole picture that batches hold beside the crops; default none. */
  readonly overviewPx?: number;
  /** Side in pixels of both whole pictures reduced by area that batches hold beside the crops; default none. */
  readonly reducedPx?: number;
  /** The share of pairs whose reduced whole pictures get one black side; default none. */
  readonly blackSides?: number;
  /** Turns and flips that crops are drawn with. */
  readonly augmentations: readonly Dihedral[];
  /** Adam's memory of the mean gradient; default 0.9. */
  readonly beta1?: number;
  readonly schedule: (rate: number, steps: number) => Schedule;
  readonly build: (size: StageSize) => StageSteps;
  /** What the view shows, in words. */
  readonly viewAbout: string;
  /** @param image and `reference`: the dark and the bright picture, [1, 3, height, width], 0 to 1, as the files have them. */
  readonly view: (scope: Scope, image: Tensor, reference: Tensor, loss: MethodSettings) => StageView;
  /** The networks that the stage's end completes, under the recipe's loss settings. */
  readonly networks: (loss: MethodSettings) => readonly Network[];
}

/** How a network is trained. */
export interface TrainingRecipe {
  readonly network: string;
  readonly about: string;
  /** Pairs; pairs whose scenes give any two of their exposures; or dark and bright pictures of different scenes. */
  readonly data: "pairs" | "exposures" | "unpaired";
  /** Numbers that set its losses; the defaults are what worked best here, which need not be the paper's. */
  readonly loss: Readonly<Record<string, MethodOption>>;
  /** In the order in which they are trained. */
  readonly stages: readonly TrainingStage[];
}

/** A stage of one graph. */
export function oneStep(step: TrainingStep, feedsOf: (batch: ModelTensors) => ModelTensors): StageSteps {
  return {
    steps: [step],
    take: async ([runner], batch, rate) => runner.take(feedsOf(batch), rate),
  };
}

/** The two exposures of a batch of aligned pairs, by the names that steps give them. */
export function exposuresOf({ low, normal }: ModelTensors): ModelTensors {
  return { low, high: normal };
}

/** The reduced whole pictures of a batch, and where in them its crops lie, by the names that steps give them. */
export function overviewsOf({ lowOverview, overviewRows, overviewColumns }: ModelTensors): ModelTensors {
  return { overview: lowOverview, rows: overviewRows, columns: overviewColumns };
}
