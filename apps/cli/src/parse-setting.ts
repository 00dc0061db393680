import { KindlingError } from "@kindling/node";

/**
 * A setting of a method as it is typed: `name=number`.
 *
 * @param option what it was typed for, to be named in the error.
 * @throws {KindlingError} `invalid-option` where it is not of this form.
 */
export function parseSetting(text: string, option: string): [name: string, value: number] {
  const [name = "", value = "", ...rest] = text.split("=");
  const number = Number(value);
  if (!name || value.trim() === "" || rest.length > 0 || Number.isNaN(number)) {
    throw new KindlingError("invalid-option", `${option}: expected name=number, such as clipLimit=3; got ${text}.`);
  }
  return [name, number];
}
