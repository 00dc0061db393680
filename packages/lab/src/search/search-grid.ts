import { KindlingError } from "@kindling/core";
import { formatSettingValue, type SettingValue } from "../training/recipe-settings.ts";

/** The values to try of each setting, by name. */
export type SearchGrid = Readonly<Record<string, readonly SettingValue[]>>;

/** A training of a search. */
export interface Trial {
  /** Its values in a name that a folder can have: `K=6,lambda=1e-5`; lists are joined by hyphens. */
  readonly name: string;
  /** Values by setting. */
  readonly values: Readonly<Record<string, SettingValue>>;
}

/**
 * Lists the trainings of a grid: every combination of its values, the last setting changing fastest.
 *
 * @throws {KindlingError} `invalid-option` for an empty grid, a setting without values, or a value that is there twice.
 * @example
 * // runs
 * const trials = listTrials({ K: [6, 10], lambda: [1e-6, 1e-5] });
 * trials.length; // 4
 * trials[1].name; // "K=6,lambda=1e-5"
 */
export function listTrials(grid: SearchGrid): Trial[] {
  const axes = Object.entries(grid);
  if (axes.length === 0) {
    throw new KindlingError(
      "invalid-option",
      "--grid: expected settings with values, such as K=6,10,14 lambda=1e-6,1e-5.",
    );
  }
  for (const [name, values] of axes) {
    const texts = values.map(formatSettingValue);
    const twice = texts.find((text, i) => texts.indexOf(text) < i);
    if (values.length === 0) throw new KindlingError("invalid-option", `--grid: ${name} has no value.`);
    if (twice !== undefined) throw new KindlingError("invalid-option", `--grid: ${name} has the value ${twice} twice.`);
  }
  let combinations: Chosen[] = [[]];
  for (const [name, values] of axes) {
    combinations = combinations.flatMap((chosen) => values.map((value): Chosen => [...chosen, [name, value]]));
  }
  return combinations.map((chosen) => ({ name: nameOf(chosen), values: Object.fromEntries(chosen) }));
}

/** The values of some settings, by name. */
type Chosen = readonly (readonly [name: string, value: SettingValue])[];

function nameOf(chosen: Chosen): string {
  const words = chosen.map(([name, value]) => `${name}=${formatSettingValue(value)}`);
  return words.join(",").replaceAll(/[^\w.,=+-]/g, "-");
}
