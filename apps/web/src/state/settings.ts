import { type Light, type PhotoFrame, type StrengthName, wholeFrame } from "@kindling/browser";

/** A stroke of the brush over the photo, before that is framed. */
export interface Stroke {
  /** Points in shares of the photo's width and height: x and y in turn. */
  readonly points: readonly number[];
  /** Diameter in shares of the photo's longer side. */
  readonly size: number;
  /** Width of the photo divided by its height. */
  readonly aspect: number;
  /** Stops of light added at the middle of the brush; negative darkens. */
  readonly stops: number;
}

/** All settings of one photo; each strength from 0 to 1, undefined for the method's default. */
export interface Settings extends Readonly<Record<StrengthName, number | undefined>> {
  /** Name of the method; undefined for the enhancer's default. */
  readonly method: string | undefined;
  readonly light: Light;
  readonly strokes: readonly Stroke[];
  /** -1 (cool) to 1 (warm). */
  readonly warmth: number;
  /** -1 (soft) to 1 (hard). */
  readonly contrast: number;
  readonly frame: PhotoFrame;
}

/** The strengths that a method has by default. */
export const ownStrengths = { denoise: undefined, denoiseColour: undefined, keepHighlights: undefined } as const;

/** Creates the settings that a photo begins with. */
export function createSettings(method: string | undefined): Settings {
  return { method, light: "auto", ...ownStrengths, strokes: [], warmth: 0, contrast: 0, frame: wholeFrame };
}
