import type { MethodOption } from "./method.ts";

/** The three scales of the multi-scale Retinex methods; the defaults are those of the papers. */
export const scaleOptions = {
  small: scaleOption(15, "the small surroundings: fine detail"),
  medium: scaleOption(80, "the medium surroundings"),
  large: scaleOption(250, "the large surroundings: overall tones"),
} as const;

function scaleOption(sigma: number, what: string): MethodOption {
  return { default: sigma, min: 1, max: 1000, unit: "px", about: `Size of ${what}.` };
}
