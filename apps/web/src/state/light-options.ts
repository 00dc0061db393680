import {
  type LightOptions,
  type Look,
  type MethodAbilities,
  maxLight,
  minLight,
  type Strengths,
} from "@kindling/browser";
import { paintLight } from "./painted-light.ts";
import type { Settings } from "./settings.ts";

/** Level that `auto` counts as before a method analysed the photo. */
export const assumedLight = 2;

/** What must be known of a method and its analysis to light a photo. */
export interface SceneFacts extends Pick<MethodAbilities, "strengths" | "hasOwnLight"> {
  /** The level that `auto` stands for; undefined before the analysis. */
  readonly autoLight?: number | undefined;
}

/**
 * Derives the options of `relight` from a photo's settings.
 *
 * A brush multiplies the level where it painted: the level asked for is then the brightest wanted anywhere, the one outside
 * the darkest, and the mask says how far each place goes from this to that in stops. So what no stroke touched keeps its
 * light exactly, as long as strokes either brighten or darken; with both it lies between two levels near its own.
 */
export function deriveLightOptions(settings: Settings, scene: SceneFacts): LightOptions {
  const { light, strokes, warmth, contrast } = settings;
  const strengths: Strengths & Look = {
    ...Object.fromEntries(scene.strengths.map((name) => [name, settings[name]])),
    ...(warmth !== 0 && { warmth }),
    ...(contrast !== 0 && { contrast }),
  };
  const known = light === "auto" ? scene.autoLight : light;
  // With a level of its own a method may choose another `auto` at another size: saving must give what was shown.
  if (strokes.length === 0) return { light: scene.hasOwnLight ? (known ?? light) : light, ...strengths };
  const base = Math.log2(known ?? assumedLight);
  const { width, height, stops } = paintLight(strokes);
  const [least, most] = [Math.log2(minLight), Math.log2(maxLight)];
  const wanted = stops.map((more) => Math.min(Math.max(base + more, least), most));
  const darkest = wanted.reduce((low, here) => Math.min(low, here), most);
  const brightest = wanted.reduce((high, here) => Math.max(high, here), least);
  const range = brightest - darkest || 1;
  const values = Uint8Array.from(wanted, (here) => Math.round((255 * (here - darkest)) / range));
  return { light: 2 ** brightest, lightOutside: 2 ** darkest, mask: { width, height, values }, ...strengths };
}
