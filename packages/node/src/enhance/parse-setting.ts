import { KindlingError, type MethodSettings } from "@kindling/core";

/**
 * Parses a setting of a method as people type it: `name=number`.
 *
 * @param option name of the option in errors.
 * @throws {KindlingError} `invalid-option` where the text has another form.
 */
export function parseSetting(text: string, option: string): [name: string, value: number] {
  const form = "name=number, such as clipLimit=3";
  const [name, value] = parseWord(text, option, form);
  const number = Number(value);
  if (Number.isNaN(number)) throw createFormError(text, option, form);
  return [name, number];
}

/**
 * Parses all settings of a method as people ask for them.
 *
 * @param asked texts `name=number`, and whether to be fast, which is the setting `fast` of methods that can.
 * @param option name of the option that takes the texts, in errors.
 * @throws {KindlingError} `invalid-option` where a text has another form.
 */
export function parseSettings(
  { set, fast }: { readonly set: readonly string[]; readonly fast?: boolean | undefined },
  option: string,
): MethodSettings {
  const settings = Object.fromEntries(set.map((text) => parseSetting(text, option)));
  return fast ? { fast: 1, ...settings } : settings;
}

/**
 * Parses `name=value`.
 *
 * @param form the expected form, for errors.
 * @throws {KindlingError} `invalid-option` where it is not of this form.
 */
export function parseWord(text: string, option: string, form: string): [name: string, value: string] {
  const [name = "", value = "", ...rest] = text.split("=");
  if (!name || value.trim() === "" || rest.length > 0) throw createFormError(text, option, form);
  return [name, value];
}

function createFormError(text: string, option: string, form: string): KindlingError {
  return new KindlingError("invalid-option", `${option}: expected ${form}; got ${text}.`);
}
