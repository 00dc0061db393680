import { KindlingError } from "../errors.ts";

/** Largest light level, KinD's own bound. */
export const maxLight = 5;

/**
 * Light level of the result: the ratio of its illumination to the photo's, 0 to 5 (1 unchanged, below 1 darker), or
 * `auto` for the level that the method chooses.
 */
export type Light = "auto" | number;

/**
 * Throws unless the light is `auto` or from 0 to 5.
 *
 * @throws {KindlingError} `invalid-option`.
 */
export function requireLight(light: Light): void {
  if (light === "auto" || (light >= 0 && light <= maxLight)) return;
  throw new KindlingError("invalid-option", `light: expected auto or a ratio from 0 to ${maxLight}; got ${light}.`);
}
