import { KindlingError } from "../errors.ts";

/** A numeric setting. Schemas, help texts and sliders are derived from it. */
export interface MethodOption {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly integer?: boolean;
  /** Unit of the value, such as `px`, if it has one. */
  readonly unit?: string;
  /** What it does, in a photographer's words: one line. */
  readonly about: string;
}

/** Values of settings by name. */
export type MethodSettings = Readonly<Record<string, number>>;

/** A method or loss with numeric settings. */
export interface Configurable<Settings extends MethodSettings = MethodSettings> {
  /** Its name on the command line, in lower case. */
  readonly name: string;
  /** Every setting with its default and range. */
  readonly options: { readonly [Name in keyof Settings]: MethodOption };
}

/**
 * Lists the settings of a method at their defaults.
 *
 * @example
 * // runs
 * const settings = defaultSettings(findMethod("lime"));
 * settings["gamma"]; // 0.7
 */
export function defaultSettings<Settings extends MethodSettings>(method: Configurable<Settings>): Settings {
  const entries = Object.entries<MethodOption>(method.options).map(([name, option]) => [name, option.default]);
  return Object.fromEntries(entries) as Settings;
}

/**
 * Checks the given settings and completes them with the defaults.
 *
 * @throws {KindlingError} `invalid-option` for an unknown setting or a number out of its range.
 */
export function completeSettings<Settings extends MethodSettings>(
  method: Configurable<Settings>,
  given: MethodSettings,
): Settings {
  for (const [name, value] of Object.entries(given)) {
    const option = Object.hasOwn(method.options, name) ? method.options[name] : undefined;
    if (!option) {
      const known = Object.keys(method.options).join(", ") || "none";
      throw new KindlingError("invalid-option", `${method.name}: no setting is called ${name}. It has: ${known}.`);
    }
    const isWhole = !option.integer || Number.isInteger(value);
    if (!(isWhole && value >= option.min && value <= option.max)) {
      const kind = option.integer ? "a whole number" : "a number";
      throw new KindlingError(
        "invalid-option",
        `${method.name}: ${name} takes ${kind} from ${option.min} to ${option.max}; got ${value}.`,
      );
    }
  }
  return { ...defaultSettings(method), ...given };
}
