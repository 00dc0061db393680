import { type Device, KindlingError } from "@kindling/core";
import type { PhotoSource } from "../data/photo-source.ts";
import type { ScheduleName } from "./choose-schedule.ts";
import { type LossSettings, settleLoss } from "./loss-settings.ts";
import type { StageSettings, TrainingRecipe, TrainingStage } from "./recipe.ts";

/** A number for all stages, or one for each by its name. */
export type PerStage = number | Readonly<Record<string, number>>;

/** The options of a training; `run.yaml` holds them by the same names. */
export interface TrainingOptions {
  /** Sources of pairs, as `PhotoReader.findPairs` takes them. */
  readonly pairs: readonly string[];
  /** Only the pairs of this split; default `train` where `validate` names a split, else all. */
  readonly split?: string | undefined;
  /** How often an epoch holds the scenes of each of `pairs`; empty for once. */
  readonly repeat: readonly number[];
  /** Folders of dark photos, for recipes of unpaired data. */
  readonly dark: readonly string[];
  /** Folders of good photos of other scenes. */
  readonly normal: readonly string[];
  /** Trains this stage alone. */
  readonly stage?: string | undefined;
  /** The file whose weights the training begins with. Only a record: the caller reads it. */
  readonly from?: string | undefined;
  /** Steps of a stage; default as in the recipe, like the next three. */
  readonly steps?: PerStage | undefined;
  /** Pairs, or dark photos, of a step. */
  readonly batch?: PerStage | undefined;
  /** Side of the square crops in pixels. */
  readonly crop?: PerStage | undefined;
  /** Learning rate at the beginning. */
  readonly rate?: PerStage | undefined;
  readonly schedule: ScheduleName;
  /** Share of the steps in which the rate rises, 0 to 1. */
  readonly warmUp: number;
  /** Gradients of a step that are longer than this, all together, are shortened to it; default never. */
  readonly clipNorm?: number | undefined;
  /** AdamW: the share that a step takes off every weight, times the rate. */
  readonly weightDecay: number;
  /** Decay of an average of the weights over the steps, 0 to 1; default none is kept. */
  readonly average?: number | undefined;
  /** Settings of the recipe's losses; default as in the recipe. */
  readonly loss?: Readonly<Record<string, number | string>> | undefined;
  /** Decides first weights, order, crops and turns. */
  readonly seed: number;
  /** The file of a network for perceptual losses. Only a record: the caller reads it. */
  readonly perceptual?: string | undefined;
  /** Output or tensor of that network to compare. */
  readonly perceptualLayer?: string | undefined;
  /** A split of `pairs`, or a source of pairs, that is measured every so often; default nothing is. */
  readonly validate?: string | undefined;
  /** Steps between validations and new reports. */
  readonly validateEvery: number;
  /** Pairs that are measured, evenly spread. */
  readonly validationPairs: number;
  /** Side in pixels of the square that larger validation pictures are cut to. */
  readonly validationSide: number;
  /** Minutes between checkpoints; 0 for one every step. */
  readonly checkpointMinutes: number;
  readonly device: Device;
  /** Threads of a step on the processor; default one a core. */
  readonly threads?: number | undefined;
}

/** The value of every option that has one where none is given. */
export const trainingDefaults = {
  pairs: [],
  repeat: [],
  dark: [],
  normal: [],
  schedule: "own",
  warmUp: 0,
  weightDecay: 0,
  seed: 1,
  validateEvery: 500,
  validationPairs: 4,
  validationSide: 384,
  checkpointMinutes: 3,
  device: "cpu",
} as const satisfies TrainingOptions;

/** A stage that is to be trained, with the settings chosen for it. */
export interface PlannedStage {
  /** Index of the stage in the recipe. */
  readonly index: number;
  readonly stage: TrainingStage;
  readonly settings: StageSettings;
}

/** The pairs that a training is measured on. */
export interface ValidationPlan {
  readonly sources: readonly string[];
  readonly split?: string | undefined;
  readonly count: number;
  /** Larger pictures are cut to a square of this side. */
  readonly sidePx: number;
}

/** All that decides a training. */
export interface TrainingPlan {
  readonly recipe: TrainingRecipe;
  readonly stages: readonly PlannedStage[];
  readonly options: TrainingOptions;
  /** Settings of the recipe's losses, complete. */
  readonly loss: LossSettings;
  readonly validation: ValidationPlan | undefined;
}

/**
 * Settles a training: the recipe's defaults under the options that are given.
 *
 * @throws {KindlingError} `invalid-option` for options that do not fit the recipe; `not-found` where there is nothing to
 * validate on.
 */
export async function planTraining(
  recipe: TrainingRecipe,
  given: Partial<TrainingOptions>,
  photos: Pick<PhotoSource, "locate">,
): Promise<TrainingPlan> {
  const options: TrainingOptions = { ...trainingDefaults, ...given };
  requireData(recipe, options);
  const loss = settleLoss(recipe.loss, options.loss ?? {});
  const stages = chooseStages(recipe, options.stage).map((stage) => ({
    index: recipe.stages.indexOf(stage),
    stage,
    settings: chooseSettings(recipe, stage, options),
  }));
  return { recipe, stages, loss, ...(await planValidation(options, photos)) };
}

/** Gives the stage that a run stands in more steps. */
export function extendPlan(plan: TrainingPlan, presentStage: number | undefined, steps: number): TrainingPlan {
  const stages = plan.stages.map((planned) => {
    const { index, settings } = planned;
    return index === presentStage ? { ...planned, settings: { ...settings, steps: settings.steps + steps } } : planned;
  });
  return { ...plan, stages };
}

/** Whether a file of `perceptual` holds SqueezeNet's weights instead of a network of its own. */
export function isSqueezeNet(path: string): boolean {
  return path.endsWith(".safetensors");
}

/** Where validation is a split of the training's own data, training keeps to `train`. */
async function planValidation(
  options: TrainingOptions,
  photos: Pick<PhotoSource, "locate">,
): Promise<Pick<TrainingPlan, "options" | "validation">> {
  const { validate, validationPairs: count, validationSide: sidePx, pairs } = options;
  if (validate === undefined) return { options, validation: undefined };
  const place = await photos.locate(validate);
  if (place !== undefined) {
    return { options: { ...options, validate: place }, validation: { sources: [place], count, sidePx } };
  }
  if (pairs.length === 0) {
    throw new KindlingError("not-found", `--validate ${validate}: expected a folder of pairs; there is none.`);
  }
  return {
    options: { ...options, split: options.split ?? "train" },
    validation: { sources: pairs, split: validate, count, sidePx },
  };
}

function requireData({ network, data }: TrainingRecipe, options: TrainingOptions): void {
  const { pairs, dark, normal, perceptual, perceptualLayer } = options;
  const fault = (message: string) => new KindlingError("invalid-option", message);
  if (data === "unpaired") {
    if (pairs.length === 0 && (dark.length === 0 || normal.length === 0)) {
      throw fault(
        `${network} learns from dark and from good photos: give --dark and --normal, or --pairs to take apart.`,
      );
    }
    if (options.repeat.length > 0)
      throw fault(`--repeat: ${network} takes every photo once in an epoch. Leave it out.`);
  } else if (pairs.length === 0 || dark.length > 0 || normal.length > 0) {
    throw fault(`${network} learns from pairs: give --pairs, and neither --dark nor --normal.`);
  }
  if (options.repeat.length > 0 && options.repeat.length !== pairs.length) {
    throw fault(`--repeat: expected a number for each of the ${pairs.length} --pairs; got ${options.repeat.length}.`);
  }
  const needsLayer = perceptual !== undefined && !isSqueezeNet(perceptual);
  if (perceptualLayer === undefined ? needsLayer : perceptual === undefined) {
    throw fault("--perceptual and --perceptual-layer belong together: a model and its layer.");
  }
  if (perceptual !== undefined && data !== "unpaired")
    throw fault(`--perceptual: ${network} has no loss that takes it.`);
}

function chooseStages({ network, stages }: TrainingRecipe, wanted: string | undefined): readonly TrainingStage[] {
  if (wanted === undefined) return stages;
  const chosen = stages.filter(({ name }) => name === wanted);
  if (chosen.length > 0) return chosen;
  const names = stages.map(({ name }) => name).join(", ");
  throw new KindlingError("invalid-option", `--stage ${wanted}: ${network} has ${names}.`);
}

function chooseSettings(
  { network, stages }: TrainingRecipe,
  { name, defaults, leastCropPx }: TrainingStage,
  options: TrainingOptions,
): StageSettings {
  const choose = (option: "steps" | "batch" | "crop" | "rate", initial: number) => {
    const given = options[option];
    if (given === undefined || typeof given === "number") return given ?? initial;
    const unknown = Object.keys(given).find((key) => stages.every((known) => known.name !== key));
    if (unknown === undefined) return given[name] ?? initial;
    throw new KindlingError("invalid-option", `--${option}: ${network} has no stage ${unknown}.`);
  };
  const cropPx = choose("crop", defaults.cropPx);
  if (cropPx < leastCropPx) {
    throw new KindlingError("invalid-option", `--crop ${cropPx}: ${name} takes ${leastCropPx} px or more.`);
  }
  return {
    steps: choose("steps", defaults.steps),
    batch: choose("batch", defaults.batch),
    cropPx,
    rate: choose("rate", defaults.rate),
  };
}
