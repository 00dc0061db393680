import { KindlingError, type MethodOption } from "@kindling/core";

/** One of a few named ways in which a loss works. */
export interface LossChoice<Choice extends string = string> {
  readonly default: Choice;
  /** The choices. Runs written before 2027 number them from 0, in this order. */
  readonly choices: readonly Choice[];
  /** What it decides: one line. */
  readonly about: string;
  /** What runs written before 2027 call it. */
  readonly formerName?: string;
}

/** A number or a choice that sets a loss. */
export type LossOption = MethodOption | LossChoice;

/** The settings that the losses of a recipe have, by name. */
export type LossOptions = Readonly<Record<string, LossOption>>;

/** Values of loss settings by name. */
export type LossSettings<Options extends LossOptions = LossOptions> = {
  readonly [Name in keyof Options]: Options[Name] extends LossChoice<infer Choice> ? Choice : number;
};

/**
 * Loss settings complete: those given, checked, and the rest at their defaults.
 *
 * @param given numbers and the names of choices; of runs written before 2027 also the numbers of choices.
 * @throws {KindlingError} `invalid-option` for a setting that there is not, a number out of its range, or an unknown
 * choice, naming those there are.
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
