import { KindlingError, type MethodOption } from "@kindling/core";

/** A setting with named choices. */
export interface RecipeChoice<Choice extends string = string> {
  readonly default: Choice;
  /** The choices. Runs written before 2027 number them from 0, in this order. */
  readonly choices: readonly Choice[];
  /** What the setting decides, in one line. */
  readonly about: string;
  /** The name of the setting in runs written before 2027. */
  readonly formerName?: string;
}

/** A setting of several numbers, typed as `1:10:100`. */
export interface RecipeNumbers {
  readonly default: readonly number[];
  /** Least value of each number. */
  readonly min: number;
  readonly max: number;
  /** Greatest count of numbers; the least is 1. */
  readonly most: number;
  readonly about: string;
}

/** A setting: a number with its range, several of them, or a choice. */
export type RecipeOption = MethodOption | RecipeNumbers | RecipeChoice;

/** The settings of a recipe, by name. */
export type RecipeOptions = Readonly<Record<string, RecipeOption>>;

/** The value of a setting. */
export type SettingValue = number | string | readonly number[];

/** The value that an option takes: one of its choices, a list of numbers, or a number. */
export type SettingValueOf<Option> =
  Option extends RecipeChoice<infer Choice> ? Choice : Option extends RecipeNumbers ? readonly number[] : number;

/** Values of a recipe's settings by name. */
export type RecipeSettings<Options extends RecipeOptions = RecipeOptions> = {
  readonly [Name in keyof Options]: SettingValueOf<Options[Name]>;
};

/**
 * Completes the settings of a recipe: checks those given, and sets the others to their defaults.
 *
 * @param given numbers, lists and names of choices; runs written before 2027 hold the numbers of choices.
 * @param flag the option that errors name.
 * @throws {KindlingError} `invalid-option` for an unknown setting or choice, listing the known ones, or a number out of its
 * range.
 * @example
 * // runs
 * const smoothness = { default: 0.15, min: 0, max: 10, about: "weight of the smoothness" };
 * const tone = { default: "encoded", choices: ["encoded", "root"], about: "what the nets work on" };
 * const settings = completeSettings({ smoothness, tone }, { tone: "root" });
 * settings["smoothness"]; // 0.15
 */
export function completeSettings(
  options: RecipeOptions,
  given: Readonly<Record<string, SettingValue>>,
  flag = "--set",
): RecipeSettings {
  const settings: Record<string, SettingValue> = Object.fromEntries(
    Object.entries(options).map(([name, option]) => [name, option.default]),
  );
  for (const [givenName, value] of Object.entries(given)) {
    const [name, option] = findOption(options, givenName, flag);
    settings[name] = checkValue(`${flag}: ${name}`, option, value);
  }
  return settings as RecipeSettings;
}

/**
 * Reads a value as people type it: a number, a list as in `1:10:100`, or the name of a choice.
 *
 * @example
 * // runs
 * parseSettingValue("1e-5"); // 0.00001
 * parseSettingValue("1:10:100"); // [1, 10, 100]
 */
export function parseSettingValue(text: string): SettingValue {
  const numbers = text.split(":").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (numbers.some((number) => Number.isNaN(number))) return text;
  return numbers.length === 1 ? numbers[0]! : numbers;
}

/** Writes a value as people type it, the reverse of `parseSettingValue`: `0.001` is `1e-3`, as small numbers are written in a grid. */
export function formatSettingValue(value: SettingValue): string {
  if (typeof value === "object") return value.map(formatSettingValue).join(":");
  const isSmall = typeof value === "number" && value !== 0 && Math.abs(value) < 1e-2;
  return isSmall ? value.toExponential() : String(value);
}

function findOption(options: RecipeOptions, name: string, flag: string): [string, RecipeOption] {
  const found = Object.entries(options).find(
    ([known, option]) => known === name || ("choices" in option && option.formerName === name),
  );
  if (found) return found;
  const known = Object.keys(options).join(", ") || "none";
  throw new KindlingError("invalid-option", `${flag}: no setting is called ${name}. The network has: ${known}.`);
}

function checkValue(name: string, option: RecipeOption, value: SettingValue): SettingValue {
  if ("choices" in option) return chooseOne(name, option, value);
  return "most" in option ? requireNumbers(name, option, value) : requireNumber(name, option, value);
}

function chooseOne(name: string, { choices }: RecipeChoice, value: SettingValue): string {
  const chosen = typeof value === "number" ? choices[value] : choices.find((choice) => choice === value);
  if (chosen !== undefined) return chosen;
  throw fault(name, choices.join(", "), value);
}

function requireNumber(name: string, { min, max, integer = false }: MethodOption, value: SettingValue): number {
  const isSound = typeof value === "number" && value >= min && value <= max && (!integer || Number.isInteger(value));
  if (isSound) return value;
  throw fault(name, `${integer ? "a whole number" : "a number"} from ${min} to ${max}`, value);
}

function requireNumbers(name: string, { min, max, most }: RecipeNumbers, value: SettingValue): readonly number[] {
  const list = typeof value === "object" ? value : [value];
  const numbers = list.filter((number) => typeof number === "number" && number >= min && number <= max);
  if (numbers.length === list.length && list.length > 0 && list.length <= most) return numbers as number[];
  throw fault(name, `up to ${most} numbers from ${min} to ${max}, as in 1:10:100`, value);
}

function fault(name: string, expected: string, value: SettingValue): KindlingError {
  return new KindlingError("invalid-option", `${name} takes ${expected}; got ${formatSettingValue(value)}.`);
}
