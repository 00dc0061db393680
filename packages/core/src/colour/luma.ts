import { colourChannels, createPlane, type Picture, type Plane } from "../image/picture.ts";

/** The luma of a pixel, 0.299 R + 0.587 G + 0.114 B of its encoded samples; of a grey one its grey. */
export function lumaOf(picture: Picture): Plane {
  const { width, height, channels, samples } = picture;
  const luma = createPlane(width, height);
  const isGrey = colourChannels(picture) === 1;
  for (let i = 0, pixel = 0; i < luma.values.length; i++, pixel += channels) {
    luma.values[i] = isGrey
      ? samples[pixel]
      : 0.299 * samples[pixel] + 0.587 * samples[pixel + 1] + 0.114 * samples[pixel + 2];
  }
  return luma;
}
