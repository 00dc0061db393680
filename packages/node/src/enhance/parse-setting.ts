import { KindlingError } from "@kindling/core";

/**
 * Parses a setting of a method as people type it: `name=number`.
 *
 * @param option the option that the error names.
 * @throws {KindlingError} `invalid-option` where the text has another form.
 */
export function parseSetting(text: string, option: string): [name: string, value: number] {
  const [name = "", value = "", ...rest] = text.split("=");
  const number = Number(value);
  if (!name || value.trim() === "" || rest.length > 0 || Number.isNaN(number)) {
    throw new KindlingError("invalid-option", `${option}: expected name=number, such as clipLimit=3; got ${text}.`);
  }
  return [name, number];
}
