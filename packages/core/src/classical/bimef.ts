import { type Steps, within } from "../flow/steps.ts";
import { bicubicResize } from "../image/bicubic-resize.ts";
import { colourChannels, copyAlpha, createPicture, createPlane, type Picture, type Plane } from "../image/picture.ts";
import { overRows } from "../image/row-blocks.ts";
import { brightestChannel } from "./brightest-channel.ts";
import { atExposure } from "./camera-response.ts";
import { defineMethod } from "./define-method.ts";
import { exposedLight } from "./exposed-light.ts";
import { findLeast } from "./find-least.ts";
import { megapixelsOption } from "./on-small-copy.ts";

/** What the lighter exposure is darkened by, as in the authors' program. */
const offset = 0.01;
/** Light below which a place counts as underexposed. */
const underexposed = 0.5;
/** Pixels along each side of the copy that the exposure is chosen on. */
const copySide = 50;
/** The least and the greatest exposure that is chosen, and how exactly. */
const [leastRatio, mostRatio] = [1, 7];
const ratioTolerance = 1e-4;

/**
 * BIMEF, bio-inspired multi-exposure fusion: a lighter exposure is made from the one photo by a camera's response, and the
 * two are fused, the photo where there is light and the other where there is little.
 *
 * out = I W + (g(I, k) - 0.01) (1 - W) with W = T^mu, T from `exposedLight` and g from `atExposure`. The exposure k, 1 to 7, is
 * the one that gives the underexposed places (T below 0.5) of a copy of 50 x 50 px the most entropy, of the geometric mean of
 * the colours over 256 levels; without such places nothing changes.
 *
 * Source: Ying, Li, Gao 2017 (arXiv 1711.00591), as in the authors' program; the same program is published for their CAIP
 * 2017 paper. Departures: the light is solved for exactly. A photo of more than four times `megapixels` has it solved on a
 * smaller copy and brought up by the guided filter.
 */
export const bimef = defineMethod({
  name: "bimef",
  title: "BIMEF: exposure fusion from one photo",
  about: "Fuses the photo with a lighter exposure made from it: natural and careful, very dark photos stay dark.",
  paper: {
    title: "A Bio-Inspired Multi-Exposure Fusion Framework for Low-light Image Enhancement",
    authors: "Z. Ying, G. Li, W. Gao",
    year: 2017,
    venue: "arXiv",
    id: "1711.00591",
  },
  options: {
    ratio: {
      default: 0,
      min: 0,
      max: 20,
      about: "Exposure of the lighter picture; 0 chooses one from 1 to 7 that shows the most of dark places.",
    },
    mu: { default: 0.5, min: 0, max: 2, about: "How far the lighter picture reaches into lit places: more, farther." },
    lambda: { default: 0.5, min: 0, max: 10, about: "How smooth the light is assumed to be." },
    megapixels: megapixelsOption(0.25, 4),
  },
  *enhance(picture, { ratio, mu, lambda, megapixels }) {
    const { width, height, channels, samples } = picture;
    const brightest = yield* within(0, 0.05, brightestChannel(picture));
    const light = yield* within(0.05, 0.75, exposedLight(brightest, lambda, megapixels));
    const exposure = atExposure(ratio === 0 ? yield* within(0.75, 0.85, chooseRatio(picture, light)) : ratio);
    const isChanged = exposure(0.5) !== 0.5;
    const colours = colourChannels(picture);
    const result = createPicture(width, height, channels);
    yield* within(
      0.85,
      1,
      overRows(height, 4 * width, (from, to) => {
        for (let i = from * width; i < to * width; i++) {
          const weight = isChanged ? Math.min(Math.max(light.values[i], 0), 1) ** mu : 1;
          for (let p = i * channels; p < i * channels + colours; p++) {
            const fused = samples[p] * weight + (exposure(samples[p]) - offset) * (1 - weight);
            result.samples[p] = Math.min(Math.max(fused, 0), 1);
          }
        }
        copyAlpha(picture, result, from * width, to * width);
      }),
    );
    return result;
  },
});

/** The exposure at which the underexposed places of a photo have the most entropy; 1 where there are none. */
export function* chooseRatio(picture: Picture, light: Plane): Steps<number> {
  const smallLight = yield* within(0, 0.2, bicubicResize(light, copySide, copySide));
  const colours = colourChannels(picture);
  const product = new Float64Array(copySide ** 2).fill(1);
  for (let c = 0; c < colours; c++) {
    const channel = channelOf(picture, c);
    const share = 0.2 + (0.7 * c) / colours;
    const small = yield* within(share, share + 0.7 / colours, bicubicResize(channel, copySide, copySide));
    for (let i = 0; i < product.length; i++) product[i] *= Math.max(small.values[i], 0);
  }
  const means = product.map((value) => value ** (1 / colours)).filter((_, i) => smallLight.values[i] < underexposed);
  if (means.length === 0) return 1;
  return findLeast((ratio) => -entropyOf(means.map(atExposure(ratio))), leastRatio, mostRatio, ratioTolerance);
}

function channelOf({ width, height, channels, samples }: Picture, channel: number): Plane {
  const plane = createPlane(width, height);
  for (let i = 0; i < plane.values.length; i++) plane.values[i] = samples[i * channels + channel];
  return plane;
}

/** Entropy of values of 0 to 1 over 256 levels, in bits. */
function entropyOf(values: Float64Array): number {
  const counts = new Uint32Array(256);
  for (const value of values) counts[Math.round(255 * Math.min(Math.max(value, 0), 1))]++;
  let entropy = 0;
  for (const count of counts) {
    if (count > 0) entropy -= (count / values.length) * Math.log2(count / values.length);
  }
  return entropy;
}
