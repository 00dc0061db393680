import { within } from "../../flow/steps.ts";
import { copyAlpha, copyPicture, createPicture } from "../../image/picture.ts";
import { defineMethod } from "../define-method.ts";
import { overStrips } from "../over-strips.ts";
import { denoisePlanes } from "./denoise-planes.ts";
import { estimateNoise } from "./estimate-noise.ts";
import { opponentChannels, opponentNorms, writeOpponents } from "./opponent-channels.ts";

/** Noise, of 255, that is not worth removing. */
const leastNoise = 0.2;
/** Pixels of a strip: some 200 MB. */
const stripPixels = 1 << 22;
/** Rows that a patch of either step reaches beyond where its match may lie. */
const patchReach = 12;

/**
 * BM3D, block-matching and 3D filtering: similar patches are stacked, transformed together, freed of small coefficients and
 * put back, weighted by how little was left. It removes noise and leaves the light alone.
 *
 * Two steps: patches of 8 px (12 with cosines at noise of 40 or more) every `step` px; up to 16 similar ones within `radius`;
 * bior1.5 or cosines within, Hadamard across them; coefficients up to `threshold` times the noise are dropped. Then up to 32
 * by the first result, cosines, Wiener's filter. Colour in opponent channels, matched by brightness alone.
 *
 * Source: Dabov, Foi, Katkovnik, Egiazarian 2007; choices as in Lebrun, "An Analysis and Implementation of the BM3D Image
 * Denoising Method", IPOL 2012. Departures: the inverse of the opponent colours is exact; where `sigma` is 0 the noise of
 * each channel is estimated (`estimateNoise`); large pictures are worked on in strips of rows.
 */
export const bm3d = defineMethod({
  name: "bm3d",
  title: "BM3D: block-matching and 3D filtering",
  about: "Removes noise and leaves the light alone, also after any method. Slow: one to two minutes a megapixel.",
  removesNoise: true,
  duration: "one to two minutes a megapixel",
  paper: {
    title: "Image Denoising by Sparse 3-D Transform-Domain Collaborative Filtering",
    authors: "K. Dabov, A. Foi, V. Katkovnik, K. Egiazarian",
    year: 2007,
    venue: "IEEE Transactions on Image Processing, 16(8)",
    id: "10.1109/TIP.2007.901238",
  },
  options: {
    sigma: {
      default: 0,
      min: 0,
      max: 100,
      about: "Standard deviation of the noise, of 255; 0 estimates it from the photo.",
    },
    step: { default: 3, min: 1, max: 8, integer: true, unit: "px", about: "From patch to patch: more is faster." },
    radius: {
      default: 16,
      min: 4,
      max: 24,
      integer: true,
      unit: "px",
      about: "How far similar patches are looked for.",
    },
    threshold: { default: 2.7, min: 0.5, max: 6, about: "How much counts as noise: more is smoother." },
    transform: {
      default: 1,
      min: 1,
      max: 2,
      integer: true,
      about: "Transform of the first step: 1 wavelets, 2 cosines.",
    },
  },
  *enhance(picture, { sigma, step, radius, threshold, transform }) {
    const { width, height, channels } = picture;
    const norms = channels >= 3 ? opponentNorms : [1];
    const sigmas =
      sigma > 0 ? norms.map((norm) => norm * sigma) : opponentChannels(picture, 0, height).map(estimateNoise);
    if (sigmas.every((value) => value < leastNoise)) return copyPicture(picture);
    const result = createPicture(width, height, channels);
    // A result depends on patches that depend on patches: twice, in each of the two steps.
    const margin = 4 * (radius + patchReach);
    const settings = { step, radius, threshold, transform: transform === 1 ? "wavelet" : "cosine" } as const;
    yield* within(
      0,
      1,
      overStrips(
        width,
        height,
        margin,
        function* ({ first, last, top, bottom }) {
          const planes = opponentChannels(picture, top, bottom);
          const noise = sigmas.map((value) => Math.max(value, leastNoise));
          const { final } = yield* denoisePlanes(planes, noise, sigmas[0] / norms[0], settings, { top, height });
          for (let pixel = first * width; pixel < last * width; pixel++) {
            writeOpponents(final, pixel - top * width, result, pixel);
          }
          copyAlpha(picture, result, first * width, last * width);
        },
        stripPixels,
      ),
    );
    return result;
  },
});
