import { type LightMask, type LightOptions, type MethodAbilities, maxLight, type Strengths } from "@kindling/browser";
import { paintLight } from "./painted-light.ts";
import type { Settings, Stroke } from "./settings.ts";

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
 * A brush multiplies the level where it painted: the level asked for is then the largest of all, and the mask, which
 * says how far each place goes from unchanged (1) to that level, does the rest.
 */
export function deriveLightOptions(settings: Settings, scene: SceneFacts): LightOptions {
  const { light, strokes } = settings;
  const strengths: Strengths = Object.fromEntries(scene.strengths.map((name) => [name, settings[name]]));
  const known = light === "auto" ? scene.autoLight : light;
  // With a level of its own a method may choose another `auto` at another size: saving must give what was shown.
  if (strokes.length === 0) return { light: scene.hasOwnLight ? (known ?? light) : light, ...strengths };
  const level = known ?? assumedLight;
  const most = Math.min(maxLight, level * 2 ** Math.max(0, ...strokes.map(({ stops }) => stops)));
  return { light: most, mask: drawMask(strokes, level, most), ...strengths };
}

function drawMask(strokes: readonly Stroke[], level: number, most: number): LightMask {
  const { width, height, stops } = paintLight(strokes);
  const range = most - 1;
  const values = Uint8Array.from(stops, (more) => {
    const wanted = Math.min(level * 2 ** more, maxLight);
    return Math.abs(range) < 0.01 ? 255 : Math.min(255, Math.max(0, (255 * (wanted - 1)) / range));
  });
  return { width, height, values };
}
