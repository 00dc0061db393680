import type { BrowserScene, LightMask, LightOptions } from "@kindling/browser";
import { paintedStops } from "./painted-stops.ts";
import type { Settings, Stroke } from "./settings.ts";

/** The largest level that a method can be asked for. */
const maxLight = 5;

/** What must be known of a scene to light it. */
export type SceneFacts = Pick<BrowserScene, "autoLight" | "strengths" | "hasMaps">;

/**
 * What a method is asked for to make settings real.
 *
 * A brush multiplies the level where it was: the level asked for is then the largest of all, and the mask, which says
 * how far a place goes from as it is (1) to that level, does the rest.
 */
export function lightOptionsOf(settings: Settings, scene: SceneFacts): LightOptions {
  const { light, strokes, denoise, keepHighlights } = settings;
  const strengths = {
    ...(scene.strengths.includes("denoise") && { denoise }),
    ...(scene.strengths.includes("keepHighlights") && { keepHighlights }),
  };
  const level = light === "auto" ? scene.autoLight : light;
  // Methods that know levels get the one that was seen: at another size they might choose another.
  if (strokes.length === 0) return { light: scene.hasMaps ? level : light, ...strengths };
  const most = Math.min(maxLight, level * 2 ** Math.max(0, ...strokes.map(({ stops }) => stops)));
  return { light: most, mask: maskFor(strokes, level, most), ...strengths };
}

function maskFor(strokes: readonly Stroke[], level: number, most: number): LightMask {
  const { width, height, stops } = paintedStops(strokes);
  const range = most - 1;
  const values = Uint8Array.from(stops, (more) => {
    const wanted = Math.min(level * 2 ** more, maxLight);
    return Math.abs(range) < 0.01 ? 255 : Math.min(255, Math.max(0, (255 * (wanted - 1)) / range));
  });
  return { width, height, values };
}
