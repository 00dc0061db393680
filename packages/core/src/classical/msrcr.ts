import { balanceColour } from "../colour/colour-balance.ts";
import { type Steps, within } from "../flow/steps.ts";
import type { Picture } from "../image/picture.ts";
import { overRows } from "../image/row-blocks.ts";
import { clipOption } from "./clip-option.ts";
import { defineMethod } from "./define-method.ts";
import { multiscalePaper, scaleOptions } from "./multiscale.ts";
import { retinex } from "./retinex.ts";

/** How strongly colour is restored: alpha of the paper's equation 4. */
const restorationStrength = 125;

/**
 * Multi-scale Retinex with colour restoration.
 *
 * Each channel of `retinex` is multiplied by ln(125 I) - ln(sum of the channels), which gives colours back where the
 * Retinex turns them grey, and then stretched to 0..1 with `clip` percent of its samples clipped at each end.
 *
 * Sources: Jobson, Rahman, Woodell 1997, equations 3 to 5; Petro, Sbert, Morel, "Multiscale Retinex", IPOL 2014, for
 * the closing stretch of each channel, which makes the paper's gain, offset and beta (all linear) drop out.
 * Departures: 1 is added to I (0..255) before its logarithm; a grey picture needs no restoration and gets none.
 */
export const msrcr = defineMethod({
  name: "msrcr",
  title: "Multi-scale Retinex with colour restoration",
  about: "Evens out the light and removes colour casts; less grey than msr. A strong look that lifts noise as well.",
  paper: multiscalePaper,
  options: { ...scaleOptions, clip: clipOption },
  *enhance(picture, { small, medium, large, clip }) {
    const result = yield* within(0, 0.85, retinex(picture, [small, medium, large]));
    if (picture.channels >= 3) yield* within(0.85, 0.9, restoreColour(picture, result));
    yield* within(0.9, 1, balanceColour(result, clip / 100, clip / 100, true));
    return result;
  },
});

function restoreColour({ width, height, channels, samples }: Picture, { samples: out }: Picture): Steps<void> {
  return overRows(height, width, (from, to) => {
    for (let p = from * width * channels; p < to * width * channels; p += channels) {
      const red = 1 + 255 * samples[p];
      const green = 1 + 255 * samples[p + 1];
      const blue = 1 + 255 * samples[p + 2];
      const share = restorationStrength / (red + green + blue);
      out[p] *= Math.log(share * red);
      out[p + 1] *= Math.log(share * green);
      out[p + 2] *= Math.log(share * blue);
    }
  });
}
