import type { MethodOption } from "../settings/method-settings.ts";
import type { Paper } from "./method.ts";

/** The three scales of the multi-scale Retinex methods; the defaults are those of the papers. */
export const scaleOptions = {
  small: scaleOption(15, "the small surroundings: fine detail"),
  medium: scaleOption(80, "the medium surroundings"),
  large: scaleOption(250, "the large surroundings: overall tones"),
} as const;

function scaleOption(sigma: number, what: string): MethodOption {
  return { default: sigma, min: 1, max: 1000, unit: "px", about: `Size of ${what}.` };
}

/** The paper of multi-scale Retinex, with and without colour restoration. */
export const multiscalePaper: Paper = {
  title: "A multiscale Retinex for bridging the gap between color images and the human observation of scenes",
  authors: "D. J. Jobson, Z. Rahman, G. A. Woodell",
  year: 1997,
  venue: "IEEE Transactions on Image Processing, 6(7)",
  id: "10.1109/83.597272",
};
