import { readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { findRecipe, type StageSettings, type TrainingRecipe, type TrainingStage } from "@kindling/lab";
import { checkedSettings, KindlingError, type MethodSettings } from "@kindling/node";
import { parse, stringify, YAMLParseError } from "yaml";
import { z } from "zod";
import { changeableOnResume, type TrainOptions, trainOptions } from "../commands/train-options.ts";
import { wholeNumber } from "../options/batch-options.ts";
import { checkOptions, flagOf } from "../options/schema-options.ts";
import { checkpointFile } from "./checkpoint.ts";
import { isSqueezeNet } from "./perceptual-features.ts";

/** File of a run's folder that tells all its settings; `--config` takes it. */
export const configFile = "run.yaml";

/** A stage that is to be trained, with what was settled for it. */
export interface PlannedStage {
  readonly stage: TrainingStage;
  readonly settings: StageSettings;
}

/** All that decides a run. */
export interface TrainingPlan {
  readonly recipe: TrainingRecipe;
  readonly stages: readonly PlannedStage[];
  readonly options: TrainOptions;
  /** Settings of the recipe's losses, complete. */
  readonly loss: MethodSettings;
  readonly resume: boolean;
  /** Steps that the present stage of a resumed run is to have beyond those it was planned with. */
  readonly extend?: number | undefined;
}

/** What the command was given. */
export interface TrainRequest {
  readonly network: string | undefined;
  /** Options of the command line, those alone that were typed. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly config: string | undefined;
  readonly resume: boolean | undefined;
  /** Steps to go on for, beyond those that the run was planned with; resumes it. */
  readonly extend: string | undefined;
}

const configSchema = trainOptions.partial().extend({ network: z.string().optional() });

/**
 * Settles a run from the command line, a file, and the run's own folder where it is resumed.
 *
 * @throws {KindlingError} `invalid-option` naming each option or line of a file that cannot be; `exists` where the folder
 * holds a run already; `not-found`.
 */
export async function planOf(request: TrainRequest): Promise<TrainingPlan> {
  const { network, flags, config } = request;
  const { extend } = checkOptions(z.object({ extend: wholeNumber(1, 16_000_000).optional() }), request);
  const { resume = extend !== undefined } = request;
  if (resume && config !== undefined) {
    throw new KindlingError("invalid-option", "--config: a resumed run has its own run.yaml. Leave one of them out.");
  }
  const { out: typedOut } = flags;
  const out = String(typedOut ?? trainOptions.shape.out.parse(undefined));
  const source = resume ? join(out, configFile) : config;
  const { network: fileNetwork, ...written } = source === undefined ? {} : await readConfig(source);
  const options = withAbsolutePaths(checkOptions(trainOptions, { ...written, ...flags }));
  if (resume) requireUnchanged(checkOptions(trainOptions, written), options, flags);

  const name = network ?? fileNetwork;
  if (name === undefined) {
    throw new KindlingError("invalid-option", "network: name one, such as kindling train kind, or give a --config.");
  }
  if (resume && name !== fileNetwork) {
    throw new KindlingError("invalid-option", `network: the run in ${out} trains ${fileNetwork}, not ${name}.`);
  }
  const recipe = findRecipe(name);
  requireData(recipe, options);
  const loss = checkedSettings({ name: "--loss", options: recipe.loss }, options.loss ?? {});
  const stages = chosenStages(recipe, options.stage).map((stage) => ({
    stage,
    settings: settled(recipe, stage, options),
  }));
  if (!resume && (await isThere(join(options.out, checkpointFile)))) {
    throw new KindlingError(
      "exists",
      `${options.out}: there is a run in this folder. Go on with it by --resume, or choose another --out.`,
    );
  }
  return { recipe, stages, options: await withSplit(options), loss, resume, extend };
}

/** The settings of a plan as YAML: with it the same run can be made again. */
export function configText({ recipe, stages, options, loss }: TrainingPlan): string {
  const { json: _, ...kept } = options;
  const of = (pick: (settings: StageSettings) => number) =>
    Object.fromEntries(stages.map(({ stage, settings }) => [stage.name, pick(settings)]));
  return stringify({
    network: recipe.network,
    ...kept,
    loss,
    steps: of(({ steps }) => steps),
    batch: of(({ batch }) => batch),
    crop: of(({ cropPx }) => cropPx),
    rate: of(({ rate }) => rate),
  });
}

async function readConfig(path: string): Promise<z.infer<typeof configSchema>> {
  const text = await readFile(path, "utf8").catch((cause) => {
    throw new KindlingError("not-found", `${path}: this file of settings cannot be read.`, { cause });
  });
  let values: unknown;
  try {
    values = parse(text) ?? {};
  } catch (cause) {
    if (!(cause instanceof YAMLParseError)) throw cause;
    throw new KindlingError("invalid-option", `${path}: not YAML: ${cause.message}`, { cause });
  }
  const parsed = configSchema.safeParse(values);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      if (issue.code !== "unrecognized_keys") return `${path}: ${issue.path.join(".") || "settings"}: ${issue.message}`;
      const known = Object.keys(configSchema.shape).join(", ");
      return `${path}: there is no setting ${issue.keys.join(", ")}; known are ${known}.`;
    });
    throw new KindlingError("invalid-option", lines.join("\n"));
  }
  // Only what the file says: defaults must not win over anything.
  const said = new Set(Object.keys(values as object));
  return Object.fromEntries(Object.entries(parsed.data).filter(([name]) => said.has(name)));
}

function requireUnchanged(before: TrainOptions, now: TrainOptions, flags: Readonly<Record<string, unknown>>): void {
  const stored = withAbsolutePaths(before);
  for (const name of Object.keys(flags) as (keyof TrainOptions)[]) {
    if (changeableOnResume.includes(name)) continue;
    const [was, is] = [stored[name], now[name]].map((value) => JSON.stringify(value));
    if (was === is) continue;
    throw new KindlingError(
      "invalid-option",
      `--${flagOf(name)} ${is}: this run has ${was}, and a resumed run goes on as it began. Leave it out, or begin a new run with --from.`,
    );
  }
}

function withAbsolutePaths(options: TrainOptions): TrainOptions {
  const absolute = (path: string | undefined) => (path === undefined ? undefined : resolve(path));
  return {
    ...options,
    pairs: options.pairs.map((path) => resolve(path)),
    dark: options.dark.map((path) => resolve(path)),
    normal: options.normal.map((path) => resolve(path)),
    from: absolute(options.from),
    perceptual: absolute(options.perceptual),
  };
}

/** Where validation is a split of the training's own data, training keeps to `train`. */
async function withSplit(options: TrainOptions): Promise<TrainOptions> {
  const { validate } = options;
  if (validate === undefined) return options;
  if (await isThere(validate)) return { ...options, validate: resolve(validate) };
  if (options.pairs.length > 0) return { ...options, split: options.split ?? "train" };
  throw new KindlingError("not-found", `--validate ${validate}: expected a folder of pairs; there is none.`);
}

function requireData({ network, data }: TrainingRecipe, options: TrainOptions): void {
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

function chosenStages({ network, stages }: TrainingRecipe, wanted: string | undefined): readonly TrainingStage[] {
  if (wanted === undefined) return stages;
  const chosen = stages.filter(({ name }) => name === wanted);
  if (chosen.length > 0) return chosen;
  const names = stages.map(({ name }) => name).join(", ");
  throw new KindlingError("invalid-option", `--stage ${wanted}: ${network} has ${names}.`);
}

function settled({ network, stages }: TrainingRecipe, stage: TrainingStage, options: TrainOptions): StageSettings {
  const { defaults } = stage;
  const value = (option: "steps" | "batch" | "crop" | "rate", initial: number) => {
    const given = options[option];
    if (given === undefined || typeof given === "number") return given ?? initial;
    const unknown = Object.keys(given).find((name) => stages.every((known) => known.name !== name));
    if (unknown === undefined) return given[stage.name] ?? initial;
    throw new KindlingError("invalid-option", `--${option}: ${network} has no stage ${unknown}.`);
  };
  const cropPx = value("crop", defaults.cropPx);
  if (cropPx < stage.leastCropPx) {
    throw new KindlingError("invalid-option", `--crop ${cropPx}: ${stage.name} takes ${stage.leastCropPx} px or more.`);
  }
  return {
    steps: value("steps", defaults.steps),
    batch: value("batch", defaults.batch),
    cropPx,
    rate: value("rate", defaults.rate),
  };
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
