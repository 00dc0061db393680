import { KindlingError } from "@kindling/core";

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
