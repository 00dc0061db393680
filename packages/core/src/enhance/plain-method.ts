import type { Transfer } from "../colour/transfer.ts";
import { type FollowOptions, follow } from "../flow/steps.ts";
import { colourChannels, copyPicture, type Picture, type Plane } from "../image/picture.ts";
import { exposeToIllumination, meanIllumination } from "./exposure.ts";
import type { Analysis, OpenMethod, PhotoContext } from "./open-method.ts";

/**
 * A method without a light level of its own: its result is what `auto` gives, other ratios of illumination are reached
 * from it by exposure in linear light, and a mask fades from the photo to the result.
 *
 * @param enhance from picture to picture.
 */
export function plainMethod(
  enhance: (picture: Picture, context: PhotoContext, options: FollowOptions) => Promise<Picture>,
  close: () => Promise<void> = async () => undefined,
): OpenMethod {
  return {
    analyse: async (picture, context, options) =>
      plainAnalysis(picture, await enhance(picture, context, options), context.transfer),
    close,
  };
}

function plainAnalysis(photo: Picture, lit: Picture, transfer: Transfer): Analysis {
  const illumination = meanIllumination(photo);
  return {
    autoLight: illumination > 0 ? meanIllumination(lit) / illumination : 1,
    async relight({ light, mask }, options) {
      const exposed =
        light === "auto" ? lit : await follow(exposeToIllumination(lit, light * illumination, transfer), options);
      return mask ? fade(photo, exposed, mask) : exposed;
    },
    lightOf: async (reference) => (illumination > 0 ? meanIllumination(reference) / illumination : 1),
  };
}

function fade(from: Picture, to: Picture, { values }: Plane): Picture {
  const result = copyPicture(from);
  const { samples, channels } = result;
  const colours = colourChannels(from);
  for (const [i, share] of values.entries()) {
    for (let c = i * channels; c < i * channels + colours; c++) samples[c] += share * (to.samples[c] - samples[c]);
  }
  return result;
}
