import { KindlingError } from "../errors.ts";

/** Parts of a method's work that can be done more or less strongly: see `Strengths`. */
export const strengthNames = ["denoise", "keepHighlights"] as const;

/** The name of a strength. */
export type StrengthName = (typeof strengthNames)[number];

/** How strongly a method does what it does beside lighting; each 0 to 1. */
export interface Strengths {
  /** How much of noise and colour cast is taken away: 1, all, if not given; at 0 the reflectance is used as it was split off. */
  readonly denoise?: number | undefined;
  /**
   * How much of the photo itself is kept where it is bright, and of its darkness where it is black: 0 if not given,
   * reflectance times light alone, which is what KinD's weights here were trained for; at 1 as its authors do it.
   */
  readonly keepHighlights?: number | undefined;
}

/** What is used where nothing is said. */
export const defaultStrengths = { denoise: 1, keepHighlights: 0 } as const satisfies Strengths;

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
