import { brightestBackground } from "./measures/brightest-background.ts";
import { brightnessRatio } from "./measures/brightness-ratio.ts";
import { changeOfMean } from "./measures/change-of-mean.ts";
import { hueShift } from "./measures/hue-shift.ts";
import { largestBlockChange } from "./measures/largest-block-change.ts";
import { largestChange } from "./measures/largest-change.ts";
import { meanAbsoluteChange } from "./measures/mean-absolute-change.ts";
import { meanWhiteChange } from "./measures/mean-white-change.ts";
import { newlyClipped } from "./measures/newly-clipped.ts";
import { ringRise } from "./measures/ring-rise.ts";
import type { Check } from "./scene.ts";

const percent = (ratio: number) => 100 * (ratio - 1);
const within = (limit: number) => ({ atLeast: -limit, atMost: limit });
/** Luma of dark parts and of sky in the scene of a backlit figure, of 255. */
const [darkUpTo, skyFrom] = [64, 153];

/** A frame without signal: no sample changes by more than 4. */
export const staysDark: readonly Check[] = [
  { name: "largest change of a sample", unit: "", ...within(4), measure: largestChange },
];

/** A frame of noise alone: noise may be removed, brightness and colour may not change by more than 4 anywhere. */
export const staysDarkOnAverage: readonly Check[] = [
  { name: "change of the mean", unit: "", ...within(4), measure: changeOfMean },
  { name: "largest change of a mean over 8x8 pixels", unit: "", ...within(4), measure: largestBlockChange },
];

/** A photo that is lit well keeps its brightness. */
export const keepsBrightness: Check = {
  name: "change of mean brightness",
  unit: " %",
  ...within(5),
  measure: (before, after) => percent(brightnessRatio(before, after)),
};

/** White stays white. */
export const keepsWhite: Check = { name: "mean change of white", unit: "", ...within(2), measure: meanWhiteChange };

/** Hardly any sample changes: letters keep their edges. */
export const staysAsItIs: Check = {
  name: "mean change of a sample",
  unit: "",
  atMost: 2,
  measure: meanAbsoluteChange,
};

/** What is dark around a lamp stays dark, without a ring. */
export const keepsLampSurroundings: readonly Check[] = [
  { name: "brightest sample of the background", unit: "", atMost: 10, measure: brightestBackground },
  { name: "brightest ring around the lamp", unit: "", atMost: 2, measure: ringRise },
];

/** Coloured light keeps its hue. */
export const keepsHue: Check = { name: "turn of hue", unit: "°", ...within(5), measure: hueShift };

/** Lamps, windows and faces do not burn out. */
export const keepsHighlights: Check = { name: "newly clipped pixels", unit: " %", atMost: 0.5, measure: newlyClipped };

/** What is dark before a bright sky opens by a stop or more, and the sky stays. */
export const opensBacklight: readonly Check[] = [
  {
    name: "dark part",
    unit: " EV",
    atLeast: 1,
    measure: (before, after) => Math.log2(brightnessRatio(before, after, { atMost: darkUpTo })),
  },
  {
    name: "change of the sky's brightness",
    unit: " %",
    ...within(10),
    measure: (before, after) => percent(brightnessRatio(before, after, { atLeast: skyFrom })),
  },
];
