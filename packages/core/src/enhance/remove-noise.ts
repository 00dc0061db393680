import { meanLuminance } from "../colour/mean-luminance.ts";
import { type FollowOptions, follow, progressWithin, type Steps } from "../flow/steps.ts";
import { copyAlpha, createPicture, type Picture } from "../image/picture.ts";
import { overRows } from "../image/row-blocks.ts";
import { exposeToLuminance } from "./exposure.ts";
import type { OpenMethod, PhotoContext } from "./open-method.ts";

/** Removes the noise of a picture and leaves its light. */
export type RemoveNoise = (picture: Picture, context: PhotoContext, options: FollowOptions) => Promise<Picture>;

/**
 * A method that removes noise alone: its light is an exposure of the photo in linear light, `auto` is 1, and the strength
 * `denoise` is the share of the noise that goes. The noise is removed once, however often the photo is lit.
 */
export function noiseRemovalMethod(removeNoise: RemoveNoise): OpenMethod {
  return {
    async analyse(photo, context, options) {
      const clean = await removeNoise(photo, context, options);
      const before = meanLuminance(photo, context.transfer);
      return {
        autoLight: 1,
        async relight({ light, strengths }, following) {
          const mixed = await follow(mix(photo, clean, strengths.denoise), progressWithin(0, 0.3, following));
          const target = typeof light === "number" ? light * before : before;
          return follow(exposeToLuminance(mixed, target, context.transfer), progressWithin(0.3, 1, following));
        },
      };
    },
    close: async () => undefined,
  };
}

/**
 * A method whose results have their noise removed: what it lifts out of the dark, it lifts with its noise. The strength
 * `denoise` is the share that goes, beside what it means to the method itself; the light stays that of the method.
 */
export function withoutNoise(method: OpenMethod, removeNoise: RemoveNoise): OpenMethod {
  return {
    async analyse(photo, context, options) {
      const analysis = await method.analyse(photo, context, options);
      return {
        ...analysis,
        async relight(wanted, following) {
          const lit = await analysis.relight(wanted, progressWithin(0, 0.2, following));
          const share = wanted.strengths.denoise;
          if (share === 0) return lit;
          const clean = await removeNoise(lit, context, progressWithin(0.2, 0.9, following));
          const mixed = await follow(mix(lit, clean, share), progressWithin(0.9, 0.95, following));
          const target = meanLuminance(lit, context.transfer);
          return follow(exposeToLuminance(mixed, target, context.transfer), progressWithin(0.95, 1, following));
        },
      };
    },
    close: () => method.close(),
  };
}

/** A picture between two by `share` of the second. */
function* mix(first: Picture, second: Picture, share: number): Steps<Picture> {
  const { width, height, channels } = first;
  const result = createPicture(width, height, channels);
  yield* overRows(height, width * channels, (from, to) => {
    for (let i = from * width * channels; i < to * width * channels; i++) {
      result.samples[i] = first.samples[i] + share * (second.samples[i] - first.samples[i]);
    }
    copyAlpha(first, result, from * width, to * width);
  });
  return result;
}
