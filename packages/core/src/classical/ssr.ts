import { balanceColour } from "../colour/colour-balance.ts";
import { within } from "../flow/steps.ts";
import { clipOption } from "./clip-option.ts";
import { defineMethod } from "./define-method.ts";
import { retinex } from "./retinex.ts";

/**
 * Single-scale Retinex: each channel's logarithm against that of its Gaussian surroundings.
 *
 * Source: Jobson, Rahman, Woodell, "Properties and performance of a center/surround Retinex", 1997, equation 1. The
 * result is stretched to 0..1, all channels by the same two points, `clip` percent of the samples clipped at each end.
 */
export const ssr = defineMethod({
  name: "ssr",
  title: "Single-scale Retinex",
  about:
    "Evens out the light over the picture; a small scale shows detail, a large one keeps tones. Colours turn grey.",
  paper: {
    title: "Properties and performance of a center/surround Retinex",
    authors: "D. J. Jobson, Z. Rahman, G. A. Woodell",
    year: 1997,
    venue: "IEEE Transactions on Image Processing, 6(3)",
    id: "10.1109/83.557356",
  },
  options: {
    sigma: {
      default: 80,
      min: 1,
      max: 1000,
      unit: "px",
      about: "Size of the surroundings each pixel is compared with.",
    },
    clip: clipOption,
  },
  *enhance(picture, { sigma, clip }) {
    const result = yield* within(0, 0.8, retinex(picture, [sigma]));
    yield* within(0.8, 1, balanceColour(result, clip / 100, clip / 100, false));
    return result;
  },
});
