import { colourChannels, type Picture } from "./picture.ts";

/** Ranges of a channel, of 1: what spans no more than the first shows nothing, what spans the second is a picture. */
const [flatRange, pictureRange] = [4 / 255, 12 / 255] as const;

/**
 * How far a picture may be stretched to the full range: 1 for pictures, 0 for frames that show nothing.
 *
 * A stretch by the least and greatest value of all colours together makes the faint tint of an even frame a strong colour:
 * (20, 18, 15) of 255 becomes (255, 153, 0). So the share is 0 where no channel by itself spans more than 4 levels of 255, 1
 * where one spans 12, in between for ranges in between.
 *
 * @example
 * const least = rangeShare(picture) * darkest;
 */
export function rangeShare(picture: Picture): number {
  const { samples, channels } = picture;
  let widest = 0;
  for (let c = 0; c < colourChannels(picture); c++) {
    let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = c; i < samples.length; i += channels) {
      if (samples[i] < least) least = samples[i];
      if (samples[i] > greatest) greatest = samples[i];
    }
    widest = Math.max(widest, greatest - least);
  }
  return Math.min(Math.max((widest - flatRange) / (pictureRange - flatRange), 0), 1);
}
