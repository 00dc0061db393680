import { KindlingError } from "../errors.ts";

/** Largest light level that can be asked for, KinD's own bound. */
export const maxLight = 5;

/**
 * How light the result shall be: the wanted ratio of its illumination to the photo's, 0 to 5 (1 as it is, below 1
 * darker), or `auto` for what the method itself finds right.
 */
export type Light = "auto" | number;

/** Refuses a light that is none.
 *
 * @throws {KindlingError} `invalid-option` for a light outside 0 to 5. */
export function requireLight(light: Light): void {
  if (light === "auto" || (light >= 0 && light <= maxLight)) return;
  throw new KindlingError("invalid-option", `light: expected auto or a ratio from 0 to ${maxLight}; got ${light}.`);
}
