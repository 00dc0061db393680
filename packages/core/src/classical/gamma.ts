import { lumaOf } from "../colour/ycrcb.ts";
import { type Steps, within } from "../flow/steps.ts";
import { colourChannels, copyAlpha, createPicture, type Picture } from "../image/picture.ts";
import { overRows } from "../image/row-blocks.ts";
import { defineMethod } from "./define-method.ts";
import type { MethodContext } from "./method.ts";

/** Strongest brightening of the automatic choice: beyond it only noise shows. */
const smallestGamma = 0.3;

/**
 * The same power for every sample: out = in ^ gamma.
 *
 * With `gamma` 0 the exponent is chosen so that the picture's mean luma becomes `target`: ln(target) / ln(mean), at
 * least 0.3 and at most 1, so that a bright photo is left as it is.
 *
 * Source: Poynton 1993 for the power law; the automatic choice is the common one of halfway tones.
 */
export const gamma = defineMethod({
  name: "gamma",
  title: "Gamma correction",
  about: "One soft tone curve: the gentlest and fastest way to brighten. Shadows stay flat and colours pale.",
  paper: {
    title: "Gamma and its disguises: the nonlinear mappings of intensity in perception, CRTs, film, and video",
    authors: "C. A. Poynton",
    year: 1993,
    venue: "SMPTE Journal, 102(12)",
    id: "10.5594/J01651",
  },
  options: {
    gamma: {
      default: 0,
      min: 0,
      max: 5,
      about: "The exponent: below 1 brightens, above 1 darkens; 0 chooses by the picture.",
    },
    target: { default: 0.45, min: 0.1, max: 0.9, about: "Mean brightness aimed at where the exponent is chosen." },
  },
  *enhance(picture, settings, { levels }) {
    const exponent = settings.gamma || (yield* within(0, 0.3, chosenGamma(picture, settings.target, levels)));
    const { width, height, channels, samples } = picture;
    const colours = colourChannels(picture);
    // Filled as levels occur: a frame of a video has fewer pixels than there are levels of 16 bits.
    const table = new Float32Array(levels + 1);
    const result = createPicture(width, height, channels);
    yield* within(
      0.3,
      1,
      overRows(height, width, (from, to) => {
        for (let p = from * width * channels; p < to * width * channels; p += channels) {
          for (let c = 0; c < colours; c++) {
            const level = (samples[p + c] * levels + 0.5) | 0;
            // Black is 0 in a new table and in a new picture.
            if (level > 0) result.samples[p + c] = table[level] ||= (level / levels) ** exponent;
          }
        }
        copyAlpha(picture, result, from * width, to * width);
      }),
    );
    return result;
  },
});

/** The exponent that brings the mean luma to `target`, within the limits `gamma` states; 1 for a black picture. */
function* chosenGamma(picture: Picture, target: number, levels: MethodContext["levels"]): Steps<number> {
  const { width, height, channels, samples } = picture;
  let sum = 0;
  yield* overRows(height, width, (from, to) => {
    for (let p = from * width * channels; p < to * width * channels; p += channels) {
      sum +=
        channels <= 2
          ? samples[p] * levels
          : lumaOf(samples[p] * levels, samples[p + 1] * levels, samples[p + 2] * levels);
    }
  });
  const mean = sum / (width * height * levels);
  if (mean === 0 || mean >= target) return 1;
  return Math.max(smallestGamma, Math.log(target) / Math.log(mean));
}
