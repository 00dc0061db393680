import { KindlingError } from "../errors.ts";

/** The least light level: three and a third stops darker. */
export const minLight = 0.1;

/** The greatest light level: seven stops lighter. */
export const maxLight = 128;

/**
 * How light the result is: its mean luminance over that of the photo, in linear light of the photo's own colour space, up
 * to what its highlights allow; 0.1 to 128. This definition holds for every method.
 *
 * 1 is the photo as it is: without denoising the same numbers, with it the same brightness. 2 is twice as light, one stop.
 * `auto` is the level that the method chooses. Luminance is that of `meanLuminance`. Where highlights are white already,
 * the rest of the photo gets more light to make up for them, but at most one stop; so the level is not reached on every
 * photo.
 */
export type Light = "auto" | number;

/** What `readLight` reads, in words. */
export const lightForm = `auto, a number from ${minLight} to ${maxLight}, or stops such as +1ev`;

/**
 * Throws unless the light is `auto` or from 0.1 to 128.
 *
 * @throws {KindlingError} `invalid-option`.
 */
export function requireLight(light: Light): void {
  if (light === "auto" || (typeof light === "number" && light >= minLight && light <= maxLight)) return;
  throw new KindlingError(
    "invalid-option",
    `light: expected auto or a number from ${minLight} to ${maxLight}; got ${typeof light === "number" ? light : `"${light}"`}.`,
  );
}

/**
 * The light level that leads from one mean luminance to another, within 0.1 to 128; 1 for a black photo, which no level
 * changes.
 */
export function lightOfMeans(result: number, photo: number): number {
  return photo > 0 ? Math.min(Math.max(result / photo, minLight), maxLight) : 1;
}

/** Stops below which a change of the light is hardly seen. */
const leastSeenStops = 0.25;

/**
 * Whether a light level leaves a photo nearly as light as it is: by less than a quarter of a stop. Where `auto` gives such a
 * level, people should be told, because they see no difference.
 *
 * @param light above 0.
 * @example
 * // runs
 * keepsLight(1.1); // true
 * keepsLight(2); // false
 */
export function keepsLight(light: number): boolean {
  return Math.abs(Math.log2(light)) < leastSeenStops;
}

/**
 * Reads a light level as people type it: `auto`, a factor (`2`, `0.5`, `2x`) or stops (`+1ev`, `-0.5 EV`). A factor has no sign: who
 * types `+1` means a stop, not the photo as it is.
 *
 * @throws {KindlingError} `invalid-option` for another form, or a level outside 0.1 to 128.
 * @example
 * // runs
 * parseLight("auto"); // auto
 * parseLight("1.5"); // 1.5
 * parseLight("+2ev"); // 4
 */
export function parseLight(text: string): Light {
  const light = readLight(text);
  if (light !== undefined) return light;
  throw new KindlingError("invalid-option", `light: expected ${lightForm}; got ${text}.`);
}

/** Reads a light level as `parseLight` does; undefined where it is none. */
export function readLight(text: string): Light | undefined {
  const word = text.trim().toLowerCase();
  if (word === "auto") return "auto";
  const [, sign = "", number, unit] = /^([+-]?)(\d+\.?\d*|\.\d+)\s*(ev|x?)$/.exec(word) ?? [];
  if (number === undefined || (sign && unit !== "ev")) return undefined;
  const light = unit === "ev" ? 2 ** Number(sign + number) : Number(number);
  return light >= minLight && light <= maxLight ? light : undefined;
}

/**
 * Writes a light level in stops.
 *
 * @param light above 0.
 * @example
 * // runs
 * formatStops(2); // +1.0 EV
 * formatStops(0.5); // -1.0 EV
 */
export function formatStops(light: number): string {
  const stops = Math.log2(light).toFixed(1).replace("-0.0", "0.0");
  return `${Number(stops) > 0 ? "+" : ""}${stops} EV`;
}

/**
 * Writes a light level as a factor and in stops.
 *
 * @param light above 0.
 * @example
 * // runs
 * formatLight(4); // 4.0x (+2.0 EV)
 */
export function formatLight(light: number): string {
  return `${light.toFixed(light < 1 ? 2 : 1)}x (${formatStops(light)})`;
}
