import { within } from "../flow/steps.ts";
import { brightestChannel } from "./brightest-channel.ts";
import { defineMethod } from "./define-method.ts";
import { refineIllumination } from "./illumination.ts";
import { megapixelsOption, onSmallCopy } from "./on-small-copy.ts";
import { scaleColours } from "./scale-colours.ts";

/** The illumination counts as at least this, so that black is not divided by nothing. */
const darkestIllumination = 1e-3;

/**
 * LIME: the brightest of R, G and B, smoothed while keeping its structure, is taken for the light on the scene and
 * divided out: out = in / max(T, 0.001) ^ gamma.
 *
 * Source: Guo, Li, Ling 2017: equation 3 for the first map, 17 to 19 for the sped-up solver, algorithm 1 for the exact
 * one, equation 13 for the result. Departures: gamma is 0.7, not 0.8, unless set, which keeps more of
 * the bright parts unclipped; no BM3D denoising afterwards. A picture of more pixels than
 * `megapixels` has its map worked out on an area-reduced copy and brought up to full size by the fast guided filter,
 * guided by the full-size first map. The exact solver works on at most 0.25 megapixels, where it already takes
 * seconds.
 */
export const lime = defineMethod({
  name: "lime",
  title: "LIME: low-light enhancement via illumination map estimation",
  about:
    "Lifts the dark parts and leaves the bright ones, colours kept: the best classical choice for most dark photos.",
  paper: {
    title: "LIME: Low-light image enhancement via illumination map estimation",
    authors: "X. Guo, Y. Li, H. Ling",
    year: 2017,
    venue: "IEEE Transactions on Image Processing, 26(2)",
    id: "10.1109/TIP.2016.2639450",
  },
  options: {
    gamma: {
      default: 0.7,
      min: 0,
      max: 1,
      about: "How much of the estimated darkness is taken away: 0 nothing, 1 all.",
    },
    alpha: { default: 0.15, min: 0.001, max: 10, about: "How smooth the light is assumed to be." },
    strategy: {
      default: 3,
      min: 1,
      max: 3,
      integer: true,
      about: "What counts as texture, to be smoothed in the map: 1 everything, 2 weak edges, 3 what has no structure.",
    },
    exact: {
      default: 0,
      min: 0,
      max: 1,
      integer: true,
      about: "1 solves the paper's exact problem: much slower, hardly different.",
    },
    megapixels: megapixelsOption(0.1, 4),
  },
  *enhance(picture, { gamma, alpha, strategy, exact, megapixels }) {
    const illumination = yield* within(0, 0.1, brightestChannel(picture));
    const settings = { alpha, strategy, exact: exact === 1 };
    const most = exact ? Math.min(megapixels, 0.25) : megapixels;
    yield* within(
      0.1,
      0.85,
      onSmallCopy(illumination, most, (map) => refineIllumination(map, settings)),
    );
    const gainAt = (i: number) => Math.max(illumination.values[i], darkestIllumination) ** -gamma;
    return yield* within(0.85, 1, scaleColours(picture, gainAt));
  },
});
