import { within } from "../flow/steps.ts";
import { colourChannels, copyAlpha, createPicture } from "../image/picture.ts";
import { overRows } from "../image/row-blocks.ts";
import { brightestChannel } from "./brightest-channel.ts";
import { atExposure } from "./camera-response.ts";
import { defineMethod } from "./define-method.ts";
import { exposedLight } from "./exposed-light.ts";
import { megapixelsOption } from "./on-small-copy.ts";

/**
 * LECARM, enhancement by a camera response model: every pixel is shown at the exposure that would have given it full light.
 *
 * out = g(I, k) with k = min(1 / T, `most`), T from `exposedLight`, g from `atExposure`.
 *
 * Source: Ying, Li, Ren, Wang, Wang 2017, as in the authors' program. Departures: those of `bimef`.
 */
export const lecarm = defineMethod({
  name: "lecarm",
  title: "LECARM: camera response model",
  about: "Shows each place at a longer exposure, as a camera would record it. Bright and even; highlights pale.",
  paper: {
    title: "A New Low-Light Image Enhancement Algorithm Using Camera Response Model",
    authors: "Z. Ying, G. Li, Y. Ren, R. Wang, W. Wang",
    year: 2017,
    venue: "IEEE International Conference on Computer Vision Workshops",
    id: "10.1109/ICCVW.2017.356",
  },
  options: {
    most: { default: 7, min: 1, max: 50, about: "The longest exposure, as a multiple of the photo's." },
    lambda: { default: 0.5, min: 0, max: 10, about: "How smooth the light is assumed to be." },
    megapixels: megapixelsOption(0.25, 4),
  },
  *enhance(picture, { most, lambda, megapixels }) {
    const { width, height, channels, samples } = picture;
    const brightest = yield* within(0, 0.05, brightestChannel(picture));
    const light = yield* within(0.05, 0.8, exposedLight(brightest, lambda, megapixels));
    const colours = colourChannels(picture);
    const result = createPicture(width, height, channels);
    yield* within(
      0.8,
      1,
      overRows(height, 4 * width, (from, to) => {
        for (let i = from * width; i < to * width; i++) {
          const exposure = atExposure(light.values[i] > 1 / most ? 1 / light.values[i] : most);
          for (let p = i * channels; p < i * channels + colours; p++) {
            result.samples[p] = Math.min(exposure(samples[p]), 1);
          }
        }
        copyAlpha(picture, result, from * width, to * width);
      }),
    );
    return result;
  },
});
