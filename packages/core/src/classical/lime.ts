import { type Steps, within } from "../flow/steps.ts";
import { areaReduce } from "../image/area-reduce.ts";
import { guidedUpsample } from "../image/guided-upsample.ts";
import { colourChannels, copyAlpha, createPicture, createPlane, type Picture, type Plane } from "../image/picture.ts";
import { overRows } from "../image/row-blocks.ts";
import { defineMethod } from "./define-method.ts";
import { type IlluminationSettings, refineIllumination } from "./illumination.ts";

/** The illumination counts as at least this, so that black is not divided by nothing. */
const darkestIllumination = 1e-3;
/** Half the side of the guided filter's windows, in pixels of the small copy, and the variance it takes for flat. */
const guideRadius = 4;
const guideEpsilon = 1e-4;

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
    megapixels: {
      default: 0.1,
      min: 0.01,
      max: 4,
      unit: "MP",
      about: "Largest size the light is estimated at; larger photos use a small copy.",
    },
  },
  *enhance(picture, { gamma, alpha, strategy, exact, megapixels }) {
    const illumination = yield* brightestChannel(picture);
    yield* within(
      0.1,
      0.85,
      refineInPlace(
        illumination,
        { alpha, strategy, exact: exact === 1 },
        exact ? Math.min(megapixels, 0.25) : megapixels,
      ),
    );
    return yield* within(0.85, 1, divideBy(picture, illumination, gamma));
  },
});

function* brightestChannel(picture: Picture): Steps<Plane> {
  const { width, height, channels, samples } = picture;
  const plane = createPlane(width, height);
  const colours = colourChannels(picture);
  yield* within(
    0,
    0.1,
    overRows(height, width, (from, to) => {
      for (let i = from * width; i < to * width; i++) {
        let brightest = samples[i * channels];
        for (let c = 1; c < colours; c++) brightest = Math.max(brightest, samples[i * channels + c]);
        plane.values[i] = brightest;
      }
    }),
  );
  return plane;
}

/** Refines the map at its own size if that is within the limit, otherwise at the limit's. */
function* refineInPlace(map: Plane, settings: IlluminationSettings, megapixels: number): Steps<void> {
  const shrink = Math.sqrt((megapixels * 1e6) / map.values.length);
  if (shrink >= 1) {
    map.values.set(yield* refineIllumination(map, settings));
    return;
  }
  const width = Math.max(1, Math.round(map.width * shrink));
  const height = Math.max(1, Math.round(map.height * shrink));
  const small = yield* within(0, 0.05, areaReduce(map, width, height));
  const values = Float32Array.from(yield* within(0.05, 0.8, refineIllumination(small, settings)));
  yield* within(0.8, 1, guidedUpsample(map, small, { width, height, values }, guideRadius, guideEpsilon));
}

function* divideBy(picture: Picture, illumination: Plane, gamma: number): Steps<Picture> {
  const { width, height, channels, samples } = picture;
  const colours = colourChannels(picture);
  const result = createPicture(width, height, channels);
  yield* overRows(height, width, (from, to) => {
    for (let i = from * width; i < to * width; i++) {
      const gain = Math.max(illumination.values[i], darkestIllumination) ** -gamma;
      for (let p = i * channels; p < i * channels + colours; p++) result.samples[p] = Math.min(1, samples[p] * gain);
    }
    copyAlpha(picture, result, from * width, to * width);
  });
  return result;
}
