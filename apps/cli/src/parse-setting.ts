import { KindlingError } from "@kindling/node";

/**
 * Parses a setting of a method as it is typed: `name=number`.
 *
 * @param option what it was typed for, to be named in the error.
 * @throws {KindlingError} `invalid-option` where it is not of this form.
 */
export function parseSetting(text: string, option: string): [name: string, value: number] {
  const form = "name=number, such as clipLimit=3";
  const [name, value] = parseWord(text, option, form);
  const number = Number(value);
  if (Number.isNaN(number)) throw malformed(text, option, form);
  return [name, number];
}

/**
 * Parses `name=value`.
 *
 * @param form what the error says was expected.
 * @throws {KindlingError} `invalid-option` where it is not of this form.
 */
export function parseWord(text: string, option: string, form: string): [name: string, value: string] {
  const [name = "", value = "", ...rest] = text.split("=");
  if (!name || value.trim() === "" || rest.length > 0) throw malformed(text, option, form);
  return [name, value];
}

function malformed(text: string, option: string, form: string): KindlingError {
  return new KindlingError("invalid-option", `${option}: expected ${form}; got ${text}.`);
}
