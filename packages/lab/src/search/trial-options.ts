import { KindlingError } from "@kindling/core";
import type { TrainingRecipe } from "../training/recipe.ts";
import { completeSettings, formatSettingValue, type SettingValue } from "../training/recipe-settings.ts";
import { type TrainingOptions, trainingDefaults } from "../training/training-plan.ts";
import type { Trial } from "./search-grid.ts";

/** The numbers that an option of a training takes. */
interface Range {
  /** In words, after "expected". */
  readonly expected: string;
  fits(value: number): boolean;
}

const whole = (least: number): Range => ({
  expected: `a whole number from ${least}`,
  fits: (value) => Number.isInteger(value) && value >= least,
});
const positive: Range = { expected: "a number above 0", fits: (value) => value > 0 && Number.isFinite(value) };
const share: Range = { expected: "a number between 0 and 1", fits: (value) => value > 0 && value < 1 };
const notNegative: Range = { expected: "a number from 0", fits: (value) => value >= 0 && Number.isFinite(value) };

/** The options of a training that a search may vary, besides the recipe's settings. */
const numericOptions = {
  steps: whole(1),
  batch: whole(1),
  crop: whole(8),
  rate: positive,
  warmUp: share,
  clipNorm: positive,
  weightDecay: notNegative,
  average: share,
  seed: whole(0),
} as const satisfies Partial<Record<keyof TrainingOptions, Range>>;

/**
 * Makes the options of a trial's training: those of the search, and the trial's own values.
 *
 * @param shared the options that all trials have.
 * @throws {KindlingError} `invalid-option` for a name that is neither a setting of the recipe nor an option that a search
 * may vary, for one that all trials have already, and for a value that it does not take.
 */
export function trialOptions(
  { network, settings, presets = {} }: TrainingRecipe,
  shared: Partial<TrainingOptions>,
  { values }: Trial,
): Partial<TrainingOptions> {
  const set: Record<string, SettingValue> = { ...shared.set };
  const options: Record<string, SettingValue> = {};
  for (const [name, value] of Object.entries(values)) {
    requireFree(name, shared);
    const option = settings[name];
    if (option) Object.assign(set, completeSettings({ [name]: option }, { [name]: value }, "--grid"));
    else if (name === "preset") options[name] = requirePreset(network, presets, value);
    else if (name in numericOptions) options[name] = requireNumber(name as keyof typeof numericOptions, value);
    else {
      const known = [...Object.keys(settings), "preset", ...Object.keys(numericOptions)].join(", ");
      throw new KindlingError("invalid-option", `--grid: ${network} has no setting ${name}; known are ${known}.`);
    }
  }
  return { ...shared, ...options, ...(Object.keys(set).length > 0 && { set }) };
}

/** Refuses a value for all trials beside those to try; options of their default count as not given. */
function requireFree(name: string, { set = {}, ...shared }: Partial<TrainingOptions>): void {
  const values: Readonly<Record<string, unknown>> = shared;
  const defaults: Readonly<Record<string, unknown>> = trainingDefaults;
  const isSet = name in set;
  if (!isSet && (values[name] === undefined || values[name] === defaults[name])) return;
  const flag = isSet ? `--set ${name}` : `--${name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
  throw new KindlingError("invalid-option", `${flag}: --grid tries values of ${name}. Leave one of them out.`);
}

function requirePreset(network: string, presets: object, value: SettingValue): string {
  const preset = formatSettingValue(value);
  if (preset in presets) return preset;
  const known = Object.keys(presets).join(", ") || "none";
  throw new KindlingError("invalid-option", `--grid: preset: ${network} has ${known}; got ${preset}.`);
}

function requireNumber(name: keyof typeof numericOptions, value: SettingValue): number {
  const { fits, expected } = numericOptions[name];
  if (typeof value === "number" && fits(value)) return value;
  throw new KindlingError("invalid-option", `--grid: ${name}: expected ${expected}; got ${formatSettingValue(value)}.`);
}
