import type { Steps } from "../flow/steps.ts";
import { colourChannels, copyAlpha, createPicture, type Picture } from "../image/picture.ts";
import { overRows } from "../image/row-blocks.ts";

/**
 * Multiplies the colours of each pixel by one gain: in HSV V changes, hue and saturation stay.
 *
 * @param gainAt the gain of a pixel by its index; not negative.
 * @param most where colours are clipped.
 */
export function* scaleColours(picture: Picture, gainAt: (index: number) => number, most = 1): Steps<Picture> {
  const { width, height, channels, samples } = picture;
  const colours = colourChannels(picture);
  const result = createPicture(width, height, channels);
  yield* overRows(height, width, (from, to) => {
    for (let i = from * width; i < to * width; i++) {
      const gain = gainAt(i);
      for (let p = i * channels; p < i * channels + colours; p++) result.samples[p] = Math.min(most, samples[p] * gain);
    }
    copyAlpha(picture, result, from * width, to * width);
  });
  return result;
}
