import type { ModelTensors, Random } from "@kindling/core";
import type { Features, Network, Schedule, Scope, Tensor, TrainingStep, TrainingStepSettings } from "@kindling/nets";
import type { Dihedral } from "../data/dihedral.ts";
import type { BatchSize, Feeds } from "../data/feeds.ts";
import type { ModelForm } from "../model-form.ts";
import type { RecipeOptions, RecipeSettings } from "./recipe-settings.ts";
import type { StepRunner } from "./step-runner.ts";

/** Length, batch, crop and rate of a stage's training. */
export interface StageSettings {
  readonly steps: number;
  /** Pairs, or dark photos, of one step. */
  readonly batch: number;
  /** Side of the square crops. */
  readonly cropPx: number;
  /** Learning rate that the stage's schedule begins with. */
  readonly rate: number;
}

/** Settings that every training step needs: the size of its batches, and the optimiser. */
export interface StepSettings
  extends BatchSize,
    Pick<TrainingStepSettings, "optimiser" | "clipNorm" | "averageDecay"> {}

/** Settings that a stage's graphs are built for. */
export interface StageSize<Options extends RecipeOptions = RecipeOptions> extends StepSettings {
  /** Features of a trained network, for losses that compare them. */
  readonly features?: Features | undefined;
  /** The recipe's settings, complete. */
  readonly settings: RecipeSettings<Options>;
}

/** The graphs of a stage, and how they take a step. */
export interface StageSteps {
  /** Step graphs that share one state; there are several where networks train against each other. */
  readonly steps: readonly TrainingStep[];
  /**
   * Takes one step with the runners of `steps`, in their order.
   *
   * @param batch tensors by the names of the stage's feeds.
   * @param rate the learning rate.
   * @param random for draws other than the batch; the same seed and step give the same numbers.
   * @returns the terms of all losses, each a scalar.
   */
  readonly take: (
    runners: readonly StepRunner[],
    batch: ModelTensors,
    rate: number,
    random: Random,
  ) => Promise<ModelTensors>;
}

/** A picture made with the weights so far, and the picture that it should equal. */
export interface StageView {
  readonly result: Tensor;
  readonly target: Tensor;
}

/** A part of a training with one loss. */
export interface TrainingStage<Options extends RecipeOptions = RecipeOptions> {
  readonly name: string;
  /** What is trained and what is frozen, in words. */
  readonly about: string;
  readonly defaults: StageSettings;
  /** The inputs of its steps. */
  readonly feeds: Feeds;
  /** The smallest crop for which its losses are defined. */
  readonly leastCropPx: number;
  /** Whether whole photos are stretched to the range 0 to 1 before crops are cut. */
  readonly stretch: boolean;
  /** Turns and flips of crops, drawn with equal chance. */
  readonly augmentations: readonly Dihedral[];
  /** Adam's beta1, the decay of the mean gradient; default 0.9. */
  readonly beta1?: number;
  /** The learning rate of each step, where no other schedule is chosen. */
  readonly schedule: (rate: number, steps: number) => Schedule;
  /** Builds the stage's graphs. */
  readonly build: (size: StageSize<Options>) => StageSteps;
  /** What the view shows, in words. */
  readonly viewAbout: string;
  /**
   * Builds the picture that validations measure.
   *
   * @param image the dark picture, [1, 3, height, width], 0 to 1, as in its file.
   * @param reference the bright picture, of the same shape.
   */
  readonly view: (scope: Scope, image: Tensor, reference: Tensor, settings: RecipeSettings<Options>) => StageView;
  /** The networks that are complete when the stage ends, for the recipe's settings. */
  readonly networks: (settings: RecipeSettings<Options>) => readonly Network[];
}

/** How a system is trained. */
export interface TrainingRecipe<Options extends RecipeOptions = RecipeOptions> {
  /** The system's name. */
  readonly network: string;
  /** Its stages and data, in words. */
  readonly about: string;
  /** `pairs`: pairs as listed; `exposures`: any two exposures of a scene; `unpaired`: dark and bright photos of other scenes. */
  readonly data: "pairs" | "exposures" | "unpaired";
  /**
   * The settings of its losses and networks; the defaults are those that worked best here, which may differ from the paper's.
   */
  readonly settings: Options;
  /**
   * The settings of the loss that compares features of the network of `--perceptual`; left out by systems without one, which
   * take no such network.
   */
  readonly perceptualSettings?: readonly (keyof Options & string)[];
  /** Settings that belong together, by the name that `--preset` takes; those left out have their defaults. */
  readonly presets?: Readonly<Record<string, Partial<RecipeSettings<Options>>>>;
  /** The stages in the order of training. */
  readonly stages: readonly TrainingStage<Options>[];
  /** The form of the models that these settings train; default the system's first. */
  readonly model?: (settings: RecipeSettings<Options>) => ModelForm;
}

/**
 * Defines how a system is trained; the options in `settings` give the types of the stages' settings.
 *
 * Code that runs the recipe completes the settings by `completeSettings` first, so that they have these types.
 *
 * @example
 * declare const stage: TrainingStage;
 * const settings = { smoothness: { default: 0.1, min: 0, max: 10, about: "weight of the smoothness" } };
 * const recipe = defineRecipe({ network: "mine", about: "one stage on pairs", data: "pairs", settings, stages: [stage] });
 */
export function defineRecipe<const Options extends RecipeOptions>(recipe: TrainingRecipe<Options>): TrainingRecipe {
  return recipe as unknown as TrainingRecipe;
}

/**
 * Makes the steps of a stage with one graph, whose inputs are the batch as it comes.
 *
 * @example
 * import type { TrainingStep } from "@kindling/nets";
 * declare const step: TrainingStep;
 * const build = () => oneStep(step);
 */
export function oneStep(step: TrainingStep): StageSteps {
  return {
    steps: [step],
    take: async ([runner], batch, rate) => runner.take(batch, rate),
  };
}
