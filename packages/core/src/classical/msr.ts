import { balanceColour } from "../colour/colour-balance.ts";
import { within } from "../flow/steps.ts";
import { clipOption } from "./clip-option.ts";
import { defineMethod } from "./define-method.ts";
import { multiscalePaper, scaleOptions } from "./multiscale.ts";
import { retinex } from "./retinex.ts";

/**
 * Multi-scale Retinex: the mean of three single-scale ones.
 *
 * Source: Jobson, Rahman, Woodell, "A multiscale Retinex for bridging the gap between color images and the human
 * observation of scenes", 1997, equation 2 with weights 1/3. Stretched to 0..1 as `ssr` is. For `logFirst` see `retinex`.
 */
export const msr = defineMethod({
  name: "msr",
  title: "Multi-scale Retinex",
  about: "Evens out the light at three scales at once: more natural than ssr, colours still greyish. See msrcr.",
  paper: multiscalePaper,
  options: {
    ...scaleOptions,
    clip: clipOption,
    logFirst: {
      default: 0,
      min: 0,
      max: 1,
      integer: true,
      about: "1 compares with the geometric mean of the surroundings, as MSR-Net does, not with the arithmetic one.",
    },
  },
  *enhance(picture, { small, medium, large, clip, logFirst }) {
    const logarithm = logFirst === 1 ? "first" : "last";
    const result = yield* within(0, 0.9, retinex(picture, [small, medium, large], logarithm));
    yield* within(0.9, 1, balanceColour(result, clip / 100, clip / 100, false));
    return result;
  },
});
