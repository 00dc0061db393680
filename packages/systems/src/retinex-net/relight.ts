import { copyPicture, createPicture, type Picture, type Plane, type Steps } from "@kindling/core";
import { colourChannels, overRows } from "@kindling/core/internal";

/**
 * Multiplies a reflectance by an illumination, clipped to 0..1. Alpha is the photo's; a grey photo gets the mean of the
 * colours.
 *
 * @param reflectance RGB.
 * @param relit of the photo's size, not bounded.
 */
export function* lightReflectance(photo: Picture, reflectance: Picture, relit: Plane): Steps<Picture> {
  const lit = copyPicture(photo);
  const { width, height, channels } = photo;
  const isGrey = colourChannels(photo) === 1;
  const { samples } = reflectance;
  yield* overRows(height, 3 * width, (from, to) => {
    for (let i = from * width, at = i * channels; i < to * width; i++, at += channels) {
      const light = relit.values[i];
      const red = clip(samples[3 * i] * light);
      const green = clip(samples[3 * i + 1] * light);
      const blue = clip(samples[3 * i + 2] * light);
      if (isGrey) {
        lit.samples[at] = (red + green + blue) / 3;
        continue;
      }
      lit.samples[at] = red;
      lit.samples[at + 1] = green;
      lit.samples[at + 2] = blue;
    }
  });
  return lit;
}

/**
 * Between a reflectance and that without its noise: in the dark the whole `share` of the noise goes, under full light none.
 *
 * @param illumination of the dark photo, 0 to 1.
 */
export function* mixReflectances(noisy: Picture, clean: Picture, { values }: Plane, share: number): Steps<Picture> {
  const { width, height } = noisy;
  const mixed = createPicture(width, height, 3);
  yield* overRows(height, 3 * width, (from, to) => {
    for (let at = 3 * from * width; at < 3 * to * width; at++) {
      const weight = share * (1 - values[Math.floor(at / 3)]);
      mixed.samples[at] = noisy.samples[at] + weight * (clean.samples[at] - noisy.samples[at]);
    }
  });
  return mixed;
}

function clip(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}
