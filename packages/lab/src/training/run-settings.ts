import { KindlingError } from "@kindling/core";
import { parse, stringify } from "yaml";
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
  // The parser goes as deep as the text does: beyond some hundred levels that ends the whole process.
  if (nestingOf(text) > deepestNesting) {
    throw new KindlingError(
      "invalid-option",
      `${path}: its settings are nested too deeply. Expected settings by name.`,
    );
  }
  try {
    return renameLoss(parse(text) ?? {});
  } catch (cause) {
    // Besides its own errors the parser throws others at aliases that multiply and at nesting without end.
    const [reason = ""] = (cause instanceof Error ? cause.message : String(cause)).split("\n", 1);
    throw new KindlingError("invalid-option", `${path}: not YAML: ${reason.replace(/:$/, "")}.`, { cause });
  }
}

const deepestNesting = 100;

/** A bound for how deep YAML is nested: open brackets, and for each line what stands before its text. */
function nestingOf(text: string): number {
  let open = 0;
  let most = 0;
  for (const character of text) {
    if (character === "[" || character === "{") most = Math.max(most, ++open);
    if (character === "]" || character === "}") open--;
  }
  // Each level of a block is indented by a column, or begins with a sign of its own.
  for (const line of text.split("\n")) most = Math.max(most, /^[\s\-?:]*/.exec(line)?.[0].length ?? 0);
  return most;
}

function renameLoss(settings: unknown): unknown {
  if (typeof settings !== "object" || settings === null || !("loss" in settings) || "set" in settings) return settings;
  const { loss: set, ...others } = settings;
  return { ...others, set };
}
