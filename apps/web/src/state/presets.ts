import type { Words } from "../i18n/words.ts";
import { ownStrengths, type Settings } from "./settings.ts";

/** Settings that belong together, by a name. */
export interface Preset {
  readonly name: (say: Words) => string;
  readonly settings: Partial<Settings>;
}

/** Looks to begin with; method, brush and frame stay. */
export const presets: readonly Preset[] = [
  {
    name: (say) => say.presetNatural,
    settings: { light: "auto", ...ownStrengths, warmth: 0, contrast: 0 },
  },
  {
    name: (say) => say.presetBright,
    settings: { light: 8, ...ownStrengths, keepHighlights: 0.3, warmth: 0, contrast: 0.25 },
  },
  {
    name: (say) => say.presetNight,
    settings: { light: 2, ...ownStrengths, keepHighlights: 0.6, warmth: -0.1, contrast: 0.3 },
  },
  {
    name: (say) => say.presetGrain,
    settings: { light: "auto", ...ownStrengths, denoise: 0.3, keepHighlights: 0.2, warmth: 0.25, contrast: 0.15 },
  },
];
