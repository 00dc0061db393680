import { colourChannels, createPlane, type Picture, type Plane } from "../../image/picture.ts";

/** What the noise of equal red, green and blue is multiplied by in each opponent channel. */
export const opponentNorms: readonly number[] = [Math.sqrt(1 / 3), Math.sqrt(1 / 2), Math.sqrt(3 / 8)];

/**
 * The opponent channels of some rows of a picture, in levels of 0 to 255: brightness (R + G + B) / 3, then (R - B) / 2 and
 * (R - 2 G + B) / 4. A grey picture has its grey alone.
 */
export function opponentChannels(picture: Picture, top: number, bottom: number): Plane[] {
  const { width, channels, samples } = picture;
  const colours = colourChannels(picture);
  const planes = Array.from({ length: colours }, () => createPlane(width, bottom - top));
  for (let i = 0, p = top * width * channels; i < planes[0].values.length; i++, p += channels) {
    if (colours === 1) {
      planes[0].values[i] = 255 * samples[p];
      continue;
    }
    const [red, green, blue] = [255 * samples[p], 255 * samples[p + 1], 255 * samples[p + 2]];
    planes[0].values[i] = (red + green + blue) / 3;
    planes[1].values[i] = (red - blue) / 2;
    planes[2].values[i] = (red - 2 * green + blue) / 4;
  }
  return planes;
}

/** Writes opponent channels back to a pixel of a picture, cut to 0..1. */
export function writeOpponents(planes: readonly Plane[], i: number, result: Picture, pixel: number): void {
  const { channels, samples } = result;
  const put = (channel: number, level: number) => {
    samples[pixel * channels + channel] = Math.min(Math.max(level / 255, 0), 1);
  };
  const bright = planes[0].values[i];
  if (planes.length === 1) {
    put(0, bright);
    return;
  }
  const [redBlue, greenish] = [planes[1].values[i], planes[2].values[i]];
  put(0, bright + (2 / 3) * greenish + redBlue);
  put(1, bright - (4 / 3) * greenish);
  put(2, bright + (2 / 3) * greenish - redBlue);
}
