import { KindlingError } from "../errors.ts";

/** Names of the adjustable parts of a method's work: see `Strengths`. */
export const strengthNames = ["denoise", "denoiseColour", "keepHighlights"] as const;

/** The name of a strength. */
export type StrengthName = (typeof strengthNames)[number];

/** How strongly a method restores a photo besides lighting it; each 0 to 1. */
export interface Strengths {
  /**
   * Share of noise and colour cast that is removed; default 1, with Ember 0.7, with RetinexNet 0. Where a method has
   * `denoiseColour`, only the noise of luminance.
   */
  readonly denoise?: number | undefined;
  /** Share of the noise of colour and of the colour cast that is removed; default 1. */
  readonly denoiseColour?: number | undefined;
  /**
   * How much of the photo is kept where it is bright, and of its darkness where it is black; default 0. At 0 the
   * result is reflectance times light, as KinD's weights here were trained for; at 1 it is what KinD's authors
   * compute.
   */
  readonly keepHighlights?: number | undefined;
}

/** A value for every strength. */
export type AllStrengths = Readonly<Record<StrengthName, number>>;

/** Strengths that methods have by default where they name no others: `MethodFacts.defaultStrengths`. */
export const defaultStrengths: AllStrengths = { denoise: 1, denoiseColour: 1, keepHighlights: 0 };

/** The strengths given, and for those that are not the method's default. */
export function completeStrengths(given: Strengths, defaults: AllStrengths): AllStrengths {
  return {
    denoise: given.denoise ?? defaults.denoise,
    denoiseColour: given.denoiseColour ?? defaults.denoiseColour,
    keepHighlights: given.keepHighlights ?? defaults.keepHighlights,
  };
}

/**
 * Throws if a strength is not one of the method's or not from 0 to 1.
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
