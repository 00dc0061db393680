import { KindlingError } from "../errors.ts";

/** Parts of a method's work that can be done more or less strongly: see `Strengths`. */
export const strengthNames = ["denoise", "keepHighlights"] as const;

/** The name of a strength. */
export type StrengthName = (typeof strengthNames)[number];

/** How strongly a method does what it does beside lighting; each 0 to 1, and 1, the full strength, if not given. */
export interface Strengths {
  /** How much of noise and colour cast is taken away: at 0 the reflectance is used as it was split off. */
  readonly denoise?: number | undefined;
  /**
   * How much of the photo itself is kept where it is bright, and of its darkness where it is black: at 1 as the
   * method's authors do it, at 0 reflectance times light alone.
   */
  readonly keepHighlights?: number | undefined;
}

/**
 * Refuses strengths that a method does not have or that are none.
 *
 * @throws {KindlingError} `invalid-option`.
 */
export function requireStrengths(
  given: Strengths,
  { name, strengths }: { readonly name: string; readonly strengths: readonly StrengthName[] },
): void {
  for (const strength of strengthNames) {
    const value = given[strength];
    if (value === undefined) continue;
    if (!strengths.includes(strength)) {
      const has = strengths.join(", ") || "none";
      throw new KindlingError("invalid-option", `${strength}: ${name} has no such strength; it has ${has}.`);
    }
    if (!(value >= 0 && value <= 1)) {
      throw new KindlingError("invalid-option", `${strength}: expected a number from 0 to 1; got ${value}.`);
    }
  }
}
