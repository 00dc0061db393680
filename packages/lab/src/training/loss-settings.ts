import { KindlingError, type MethodOption } from "@kindling/core";

/** A loss setting with named choices. */
export interface LossChoice<Choice extends string = string> {
  readonly default: Choice;
  /** The choices. Runs written before 2027 number them from 0, in this order. */
  readonly choices: readonly Choice[];
  /** What the setting decides, in one line. */
  readonly about: string;
  /** The name of the setting in runs written before 2027. */
  readonly formerName?: string;
}

/** A loss setting: a number with its range, or a choice. */
export type LossOption = MethodOption | LossChoice;

/** The loss settings of a recipe, by name. */
export type LossOptions = Readonly<Record<string, LossOption>>;

/** Values of loss settings by name. */
export type LossSettings<Options extends LossOptions = LossOptions> = {
  readonly [Name in keyof Options]: Options[Name] extends LossChoice<infer Choice> ? Choice : number;
};

/**
 * Completes loss settings: checks those given, and sets the others to their defaults.
 *
 * @param given numbers and names of choices; runs written before 2027 hold the numbers of choices.
 * @throws {KindlingError} `invalid-option` for an unknown setting or choice, listing the known ones, or a number out of its
 * range.
 * @example
 * // runs
 * const smoothness = { default: 0.15, min: 0, max: 10, about: "weight of the smoothness" };
 * const tone = { default: "encoded", choices: ["encoded", "root"], about: "what the nets work on" };
 * const loss = settleLoss({ smoothness, tone }, { tone: "root" });
 * loss["smoothness"]; // 0.15
 */
export function settleLoss(options: LossOptions, given: Readonly<Record<string, number | string>>): LossSettings {
  const settings: Record<string, number | string> = Object.fromEntries(
    Object.entries(options).map(([name, option]) => [name, option.default]),
  );
  for (const [givenName, value] of Object.entries(given)) {
    const [name, option] = findOption(options, givenName);
    settings[name] = "choices" in option ? chooseOne(name, option, value) : requireNumber(name, option, value);
  }
  return settings as LossSettings;
}

function findOption(options: LossOptions, name: string): [string, LossOption] {
  const found = Object.entries(options).find(
    ([known, option]) => known === name || ("choices" in option && option.formerName === name),
  );
  if (found) return found;
  const known = Object.keys(options).join(", ") || "none";
  throw new KindlingError("invalid-option", `--loss: no setting is called ${name}. The network has: ${known}.`);
}

function chooseOne(name: string, { choices }: LossChoice, value: number | string): string {
  const chosen = typeof value === "number" ? choices[value] : choices.find((choice) => choice === value);
  if (chosen !== undefined) return chosen;
  throw new KindlingError("invalid-option", `--loss: ${name} takes ${choices.join(", ")}; got ${value}.`);
}

function requireNumber(name: string, { min, max, integer = false }: MethodOption, value: number | string): number {
  const isSound = typeof value === "number" && value >= min && value <= max && (!integer || Number.isInteger(value));
  if (isSound) return value;
  const kind = integer ? "a whole number" : "a number";
  throw new KindlingError("invalid-option", `--loss: ${name} takes ${kind} from ${min} to ${max}; got ${value}.`);
}
