import { defaultStrengths } from "@kindling/browser";

/** A stroke of the brush over the photo. */
export interface Stroke {
  /** Places in shares of the photo's width and height, x and y in turn. */
  readonly points: readonly number[];
  /** Diameter in shares of the photo's longer side. */
  readonly size: number;
  /** The photo's width by its height. */
  readonly aspect: number;
  /** Stops of light it adds where it is strongest; negative darkens. */
  readonly stops: number;
}

/** All that a person sets for one photo. */
export interface Settings {
  /** Name of the method; nothing for the first there is. */
  readonly method: string | undefined;
  readonly light: "auto" | number;
  readonly denoise: number;
  readonly keepHighlights: number;
  readonly strokes: readonly Stroke[];
}

/** What a photo begins with. */
export function firstSettings(method?: string): Settings {
  return { method, light: "auto", ...defaultStrengths, strokes: [] };
}
