import type { Words } from "../i18n/words.ts";
import { lightOfStops, stopsOfLight, stopsStep } from "./light-stops.ts";
import { ownStrengths, type Settings } from "./settings.ts";

/** Settings that belong together, by a name. */
export interface Preset {
  readonly name: (say: Words) => string;
  /** The settings for a photo with this automatic light. */
  readonly settingsAt: (autoLight: number) => Partial<Settings>;
}

/** Looks to begin with; method, brush and frame stay. */
export const presets: readonly Preset[] = [
  {
    name: (say) => say.presetNatural,
    settingsAt: () => ({ light: "auto", ...ownStrengths, warmth: 0, contrast: 0 }),
  },
  {
    name: (say) => say.presetBright,
    // A level of its own would leave the darkest photos darker than automatic light does, and burn out others.
    settingsAt: (autoLight) => ({
      light: onSlider(2 * autoLight),
      ...ownStrengths,
      keepHighlights: 0.3,
      warmth: 0,
      contrast: 0.25,
    }),
  },
  {
    name: (say) => say.presetNight,
    settingsAt: (autoLight) => ({
      light: onSlider(Math.max(autoLight / 2, Math.min(autoLight, 1))),
      ...ownStrengths,
      keepHighlights: 0.6,
      warmth: -0.1,
      contrast: 0.3,
    }),
  },
  {
    name: (say) => say.presetGrain,
    settingsAt: () => ({
      light: "auto",
      ...ownStrengths,
      denoise: 0.3,
      keepHighlights: 0.2,
      warmth: 0.25,
      contrast: 0.15,
    }),
  },
];

/** The light level of the nearest position of the slider. */
function onSlider(light: number): number {
  return lightOfStops(Math.round(stopsOfLight(light) / stopsStep) * stopsStep);
}
