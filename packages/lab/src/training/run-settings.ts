import { KindlingError } from "@kindling/core";
import { parse, stringify, YAMLParseError } from "yaml";
import type { StageSettings } from "./recipe.ts";
import type { TrainingPlan } from "./training-plan.ts";

/** The file of a run that holds all its settings. */
export const settingsFile = "run.yaml";

/**
 * Formats the settings of a plan as YAML, complete enough to repeat the run.
 *
 * @param out the place of the run, such as its folder.
 */
export function formatRunSettings(plan: TrainingPlan, out: string): string {
  return stringify(listRunSettings(plan, out));
}

/** Lists the settings of a plan by their names in `run.yaml`. */
export function listRunSettings(
  { recipe, stages, options, settings }: TrainingPlan,
  out: string,
): Readonly<Record<string, unknown>> {
  // Data first, for people who read the file. Steps, batch, crop and rate are those of the plan, by stage.
  const { pairs, split, repeat, dark, normal, stage: only, from, steps, batch, crop, rate, ...others } = options;
  const byStage = (choose: (settings: StageSettings) => number) =>
    Object.fromEntries(stages.map(({ stage, settings }) => [stage.name, choose(settings)]));
  return {
    network: recipe.network,
    ...{ pairs, split, repeat, dark, normal, out, stage: only, from },
    steps: byStage(({ steps }) => steps),
    batch: byStage((settings) => settings.batch),
    crop: byStage((settings) => settings.cropPx),
    rate: byStage((settings) => settings.rate),
    ...others,
    set: settings,
  };
}

/**
 * Parses settings in YAML; does not check the values. `loss`, as runs written before 2027 have it, becomes `set`.
 *
 * @param path names the file in errors.
 * @throws {KindlingError} `invalid-option` where the text is not YAML.
 */
export function parseRunSettings(text: string, path: string): unknown {
  try {
    return renameLoss(parse(text) ?? {});
  } catch (cause) {
    if (!(cause instanceof YAMLParseError)) throw cause;
    throw new KindlingError("invalid-option", `${path}: not YAML: ${cause.message}`, { cause });
  }
}

function renameLoss(settings: unknown): unknown {
  if (typeof settings !== "object" || settings === null || !("loss" in settings) || "set" in settings) return settings;
  const { loss: set, ...others } = settings;
  return { ...others, set };
}
