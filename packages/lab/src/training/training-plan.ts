import { type Device, KindlingError } from "@kindling/core";
import type { PhotoSource } from "../data/photo-source.ts";
import type { ScheduleName } from "./choose-schedule.ts";
import type { StageSettings, TrainingRecipe, TrainingStage } from "./recipe.ts";
import { completeSettings, formatSettingValue, type RecipeSettings, type SettingValue } from "./recipe-settings.ts";

/** A number for all stages, or numbers by the names of stages. */
export type PerStage = number | Readonly<Record<string, number>>;

/** The options of a training; `run.yaml` holds them by the same names. */
export interface TrainingOptions {
  /** Sources of pairs: arguments of `PhotoReader.findPairs`. */
  readonly pairs: readonly string[];
  /** Only the pairs of this split; default `train` where `validate` names a split, else all. */
  readonly split?: string | undefined;
  /** How often an epoch holds the scenes of each of `pairs`; empty: once. */
  readonly repeat: readonly number[];
  /** Folders of dark photos, for recipes of unpaired data. */
  readonly dark: readonly string[];
  /** Folders of good photos of other scenes. */
  readonly normal: readonly string[];
  /** Train this stage alone. */
  readonly stage?: string | undefined;
  /** The file of the first weights. Only for the record: the caller reads the file. */
  readonly from?: string | undefined;
  /** Steps of a stage. The defaults of this and the next three are in the recipe. */
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
  /** Greatest norm of a step's gradient over all parameters; a longer one is scaled down. Default no limit. */
  readonly clipNorm?: number | undefined;
  /** AdamW's weight decay: a step subtracts this times the rate times the weight. */
  readonly weightDecay: number;
  /** Decay of an exponential moving average of the weights, 0 to 1; default no average. */
  readonly average?: number | undefined;
  /** Named settings of the recipe, such as those of its paper. */
  readonly preset?: string | undefined;
  /** Settings of the recipe; the others are those of the preset, or the recipe's defaults. */
  readonly set?: Readonly<Record<string, SettingValue>> | undefined;
  /** Seed of first weights, order, crops and turns. */
  readonly seed: number;
  /** The file of a network for perceptual losses. Only for the record: the caller reads the file. */
  readonly perceptual?: string | undefined;
  /** Output or tensor of that network to compare. */
  readonly perceptualLayer?: string | undefined;
  /** A split of `pairs`, or a source of pairs, to measure during training; default no validation. */
  readonly validate?: string | undefined;
  /** Steps between validations and new reports. */
  readonly validateEvery: number;
  /** Number of pairs to measure, evenly spread. */
  readonly validationPairs: number;
  /** Greatest side of validation pictures in pixels; larger ones are cut to a square of it. */
  readonly validationSide: number;
  /** Minutes between checkpoints; 0 for one every step. */
  readonly checkpointMinutes: number;
  readonly device: Device;
  /** Threads of a step on the processor; default the runtime's own number. */
  readonly threads?: number | undefined;
}

/** The defaults of options, for those that have one for every recipe. */
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

/** A stage to train, with its settings. */
export interface PlannedStage {
  /** Index of the stage in the recipe. */
  readonly index: number;
  readonly stage: TrainingStage;
  readonly settings: StageSettings;
}

/** The pairs of a training's validations. */
export interface ValidationPlan {
  readonly sources: readonly string[];
  readonly split?: string | undefined;
  readonly count: number;
  /** Greatest side of the pictures in pixels; larger ones are cut to a square of it. */
  readonly sidePx: number;
}

/** All settings of a training, complete. */
export interface TrainingPlan {
  readonly recipe: TrainingRecipe;
  readonly stages: readonly PlannedStage[];
  readonly options: TrainingOptions;
  /** Settings of the recipe, complete. */
  readonly settings: RecipeSettings;
  readonly validation: ValidationPlan | undefined;
}

/**
 * Plans a training: completes the given options by the recipe's defaults, and checks them.
 *
 * @param given options; those left out have the values of `trainingDefaults` or of the recipe.
 * @throws {KindlingError} `invalid-option` for options that do not fit the recipe; `not-found` where `validate` names neither
 * a source nor a split.
 * @example
 * const plan = await planTraining(recipe, { pairs: ["lol"], validate: "val", steps: 1000 }, source);
 * console.log(plan.stages.map(({ stage, settings }) => `${stage.name}: ${settings.steps} steps`));
 */
export async function planTraining(
  recipe: TrainingRecipe,
  given: Partial<TrainingOptions>,
  photos: Pick<PhotoSource, "locate">,
): Promise<TrainingPlan> {
  const options: TrainingOptions = { ...trainingDefaults, ...given };
  requireData(recipe, options);
  const settings = chooseRecipeSettings(recipe, options);
  requirePerceptual(recipe, options, settings);
  const stages = chooseStages(recipe, options.stage).map((stage) => ({
    index: recipe.stages.indexOf(stage),
    stage,
    settings: chooseSettings(recipe, stage, options),
  }));
  return { recipe, stages, settings, ...(await planValidation(options, photos)) };
}

/** Adds steps to the present stage of a run. */
export function extendPlan(plan: TrainingPlan, presentStage: number | undefined, steps: number): TrainingPlan {
  const stages = plan.stages.map((planned) => {
    const { index, settings } = planned;
    return index === presentStage ? { ...planned, settings: { ...settings, steps: settings.steps + steps } } : planned;
  });
  return { ...plan, stages };
}

/** Whether the file of `perceptual` holds SqueezeNet's weights, not a network of its own. */
export function isSqueezeNet(path: string): boolean {
  return path.endsWith(".safetensors");
}

/** Plans the validation. Where it is a split of the training's own data, the training uses the split `train`. */
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
    throw new KindlingError("not-found", `--validate ${validate}: expected a folder of pairs or a split of --pairs.`);
  }
  return {
    options: { ...options, split: options.split ?? "train" },
    validation: { sources: pairs, split: validate, count, sidePx },
  };
}

function requireData({ network, data, perceptualSettings }: TrainingRecipe, options: TrainingOptions): void {
  const { pairs, dark, normal, perceptual, perceptualLayer } = options;
  const fault = (message: string) => new KindlingError("invalid-option", message);
  if (data === "unpaired") {
    if (pairs.length === 0 && (dark.length === 0 || normal.length === 0)) {
      throw fault(
        `${network} learns from dark and from good photos: give --dark and --normal, or --pairs to split into both.`,
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
  if (perceptual !== undefined && !perceptualSettings) {
    throw fault(`--perceptual: ${network} has no loss that takes it.`);
  }
}

/**
 * Refuses settings of a loss that a training without `perceptual` lacks. Weights of 0 ask for what happens, and defaults
 * stand in the settings of every run.
 */
function requirePerceptual(
  { perceptualSettings = [], settings: known }: TrainingRecipe,
  { perceptual }: TrainingOptions,
  settings: RecipeSettings,
): void {
  if (perceptual !== undefined) return;
  const unused = perceptualSettings.find((name) => settings[name] !== known[name]?.default && settings[name] !== 0);
  if (unused === undefined) return;
  throw new KindlingError(
    "invalid-option",
    `--set ${unused}=${formatSettingValue(settings[unused]!)}: it belongs to a loss that is left out without --perceptual. Give --perceptual, or leave ${unused} out.`,
  );
}

function chooseRecipeSettings(
  { network, settings, presets = {} }: TrainingRecipe,
  { preset, set }: TrainingOptions,
): RecipeSettings {
  if (preset === undefined) return completeSettings(settings, set ?? {});
  const chosen = presets[preset];
  if (chosen) return completeSettings(settings, { ...(chosen as RecipeSettings), ...set });
  const known = Object.keys(presets).join(", ") || "none";
  throw new KindlingError("invalid-option", `--preset ${preset}: ${network} has ${known}.`);
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
