import type { MethodFacts, MethodSettings, Strengths } from "@kindling/core";
import { type StrengthName, strengthNames } from "@kindling/core/internal";
import { parseSetting } from "./parse-setting.ts";

/** What is asked for whatever the method is. */
export interface Wishes extends Strengths {
  /** Settings as `name=number`: they are the method's own, so that one it lacks is an error later. */
  readonly set: readonly string[];
  readonly fast?: boolean | undefined;
}

/** What a method can do of some wishes. */
export interface FittedWishes {
  readonly settings: MethodSettings;
  readonly strengths: Strengths;
  /** What it cannot do, by the names of the options. */
  readonly leftOut: readonly ("fast" | StrengthName)[];
}

/**
 * Fits wishes to a method: those for what it cannot do are left out, because one command is for all methods, and says so.
 *
 * @param option name of the option that takes settings, in errors.
 * @throws {KindlingError} `invalid-option` where a setting has another form.
 */
export function fitToMethod(facts: MethodFacts, { set, fast = false, ...asked }: Wishes, option: string): FittedWishes {
  const settings = Object.fromEntries(set.map((text) => parseSetting(text, option)));
  const canBeFast = Object.hasOwn(facts.options, "fast");
  const given = strengthNames.filter((name) => asked[name] !== undefined);
  const lacks = (name: StrengthName) => !facts.strengths.includes(name);
  return {
    settings: fast && canBeFast ? { fast: 1, ...settings } : settings,
    strengths: Object.fromEntries(given.map((name) => [name, lacks(name) ? undefined : asked[name]])),
    leftOut: [...(fast && !canBeFast ? (["fast"] as const) : []), ...given.filter(lacks)],
  };
}

/** Says that a method cannot do what an option asks for. */
export function noteLeftOut(option: string, { name }: Pick<MethodFacts, "name">): string {
  return `${option}: ${name} cannot do this; it is left out`;
}
