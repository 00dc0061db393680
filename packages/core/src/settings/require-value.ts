import { KindlingError } from "../errors.ts";

/** What `isWholeNumber` takes, in words. */
export function wholeNumberForm(least: number, most: number): string {
  return `a whole number from ${least} to ${most}`;
}

/** Whether a value is a whole number from `least` to `most`. */
export function isWholeNumber(value: unknown, least: number, most: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
}

/**
 * Throws unless an option is a whole number from `least` to `most`.
 *
 * @throws {KindlingError} `invalid-option`.
 */
export function requireWholeNumber(name: string, value: unknown, least: number, most: number): void {
  if (!isWholeNumber(value, least, most)) throw invalidValue(name, wholeNumberForm(least, most), value);
}

/**
 * Throws unless an option is one of a list.
 *
 * @throws {KindlingError} `invalid-option`.
 */
export function requireOneOf(name: string, value: unknown, allowed: readonly unknown[]): void {
  if (!allowed.includes(value)) throw invalidValue(name, allowed.join(", "), value);
}

/**
 * Throws unless an option is text.
 *
 * @param form what the text is, in words.
 * @throws {KindlingError} `invalid-option`.
 */
export function requireText(name: string, value: unknown, form: string): asserts value is string {
  if (typeof value !== "string") throw invalidValue(name, form, value);
}

/** The error for a value that an option does not take. Of an object only the kind is named: it may be a whole file. */
export function invalidValue(name: string, expected: string, value: unknown): KindlingError {
  const isObject = typeof value === "object" && value !== null;
  const kind = isObject ? value.constructor?.name : undefined;
  const given = typeof value === "string" ? `"${value}"` : isObject ? `an object (${kind ?? "Object"})` : String(value);
  return new KindlingError("invalid-option", `${name}: expected ${expected}; got ${given}.`);
}
