import type { Steps } from "../enhance/steps.ts";
import { KindlingError } from "../errors.ts";
import type { Picture } from "../image/picture.ts";

/** The publication a method comes from. */
export interface Paper {
  readonly title: string;
  readonly authors: string;
  readonly year: number;
  /** Journal, conference or book. */
  readonly venue: string;
  /** arXiv number or DOI, where there is one. */
  readonly id?: string;
}

/** One number a method can be given. Schemas, help texts and sliders are made from this. */
export interface MethodOption {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly integer?: boolean;
  /** Unit of the value, such as `px`; left out where the number has none. */
  readonly unit?: string;
  /** What it does, in a photographer's words: one line. */
  readonly about: string;
}

/** Numbers by name that set a method. */
export type MethodSettings = Readonly<Record<string, number>>;

/** Something that is set by numbers. */
export interface Configurable<Settings extends MethodSettings = MethodSettings> {
  /** What it is called on the command line: lower case. */
  readonly name: string;
  /** Every setting with its default and range. */
  readonly options: { readonly [Name in keyof Settings]: MethodOption };
}

/** What a method must know about the file beside its pixels. */
export interface MethodContext {
  /**
   * Steps between black and white worth telling apart: 255 for 8-bit files, 65535 for 16-bit ones.
   * Histograms and fixed-point colour conversions work at this precision, so that an 8-bit photo gives byte for byte
   * what the reference implementation gives, and a 16-bit one shows no banding.
   */
  readonly levels: 255 | 65535;
}

/**
 * A classical low-light method: no training, one file, one paper.
 *
 * `enhance` reads the picture, never changes it, and returns a new one of the same size and channels, alpha copied
 * as it is, every colour sample finite and within 0 to 1. It works on grey and RGB, down to one pixel.
 */
export interface ClassicalMethod<Settings extends MethodSettings = MethodSettings> extends Configurable<Settings> {
  /** Its full name. */
  readonly title: string;
  /** When to use it and what it costs: two sentences at most. */
  readonly about: string;
  readonly paper: Paper;
  readonly enhance: (picture: Picture, settings: Settings, context: MethodContext) => Steps<Picture>;
}

/** Every setting at its default. */
export function defaultSettings<Settings extends MethodSettings>(method: Configurable<Settings>): Settings {
  const entries = Object.entries<MethodOption>(method.options).map(([name, option]) => [name, option.default]);
  return Object.fromEntries(entries) as Settings;
}

/**
 * Settings complete: those given, checked, and the rest at their defaults.
 *
 * @throws {KindlingError} `invalid-option` for a setting that there is not, or a number out of its range.
 */
export function checkedSettings<Settings extends MethodSettings>(
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
