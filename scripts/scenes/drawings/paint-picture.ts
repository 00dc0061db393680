import { createPicture, createRandom, type Picture } from "@kindling/node";
import { gaussian } from "./gaussian.ts";

/** A colour as encoded for display, 0 to 1 a channel. */
export type Colour = readonly [red: number, green: number, blue: number];

/** Size of every drawn scene, small so that a network takes a moment for it. */
export const [sceneWidth, sceneHeight] = [320, 240];

/**
 * Paints a scene from the colour of each pixel, rounded to 8 bits.
 *
 * @param grain standard deviation of the noise added to each sample, in levels of 0 to 255; 0 if not given.
 */
export function paintPicture(colourAt: (x: number, y: number) => Colour, { grain = 0 } = {}): Picture {
  const picture = createPicture(sceneWidth, sceneHeight, 3);
  const random = createRandom(1, "grain");
  let next = 0;
  for (let y = 0; y < sceneHeight; y++) {
    for (let x = 0; x < sceneWidth; x++) {
      for (const sample of colourAt(x, y)) {
        const level = 255 * sample + (grain > 0 ? grain * gaussian(random) : 0);
        picture.samples[next++] = Math.round(Math.min(Math.max(level, 0), 255)) / 255;
      }
    }
  }
  return picture;
}
