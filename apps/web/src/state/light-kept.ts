import { keepsLight, type SceneSummary, type View } from "@kindling/browser";
import type { Settings } from "./settings.ts";

/**
 * Whether automatic light leaves a photo nearly as it is, by the choice of its method. One of black and white alone stays at any
 * light, so that there is nothing to say about it.
 */
export function isLightKept(
  { light }: Pick<Settings, "light">,
  scene: Pick<SceneSummary, "autoLight" | "hasOwnLight">,
  { histogram }: Pick<View, "histogram">,
): boolean {
  return light === "auto" && scene.hasOwnLight && keepsLight(scene.autoLight) && hasShades(histogram);
}

function hasShades(histogram: View["histogram"]): boolean {
  return histogram.some((count, i) => count > 0 && i % 256 > 0 && i % 256 < 255);
}
