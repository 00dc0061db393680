import { KindlingError } from "@kindling/core";
import { parse, stringify, YAMLParseError } from "yaml";
import type { StageSettings } from "./recipe.ts";
import type { TrainingPlan } from "./training-plan.ts";

/** The file of a run that holds all its settings. */
export const settingsFile = "run.yaml";

/**
 * Writes the settings of a plan as YAML: with them the same run can be made again.
 *
 * @param out the place of the run.
 */
export function formatRunSettings(plan: TrainingPlan, out: string): string {
  return stringify(listRunSettings(plan, out));
}

/** Lists the settings of a plan by their names in `run.yaml`. */
export function listRunSettings(
  { recipe, stages, options, loss }: TrainingPlan,
  out: string,
): Readonly<Record<string, unknown>> {
  // Data first, for people who read the file; steps, batch, crop and rate are replaced by what was settled.
  const { pairs, split, repeat, dark, normal, stage: only, from, steps, batch, crop, rate, ...others } = options;
  const byStage = (choose: (settings: StageSettings) => number) =>
    Object.fromEntries(stages.map(({ stage, settings }) => [stage.name, choose(settings)]));
  return {
    network: recipe.network,
    ...{ pairs, split, repeat, dark, normal, out, stage: only, from },
    steps: byStage((settings) => settings.steps),
    batch: byStage((settings) => settings.batch),
    crop: byStage((settings) => settings.cropPx),
    rate: byStage((settings) => settings.rate),
    ...others,
    loss,
  };
}

/**
 * Parses settings in YAML; the values are as they stand in the file, unchecked.
 *
 * @param path names the file in errors.
 * @throws {KindlingError} `invalid-option` where the text is not YAML.
 */
export function parseRunSettings(text: string, path: string): unknown {
  try {
    return parse(text) ?? {};
  } catch (cause) {
    if (!(cause instanceof YAMLParseError)) throw cause;
    throw new KindlingError("invalid-option", `${path}: not YAML: ${cause.message}`, { cause });
  }
}
