import type { Steps } from "../flow/steps.ts";
import { colourChannels, createPlane, type Picture, type Plane } from "../image/picture.ts";
import { overRows } from "../image/row-blocks.ts";

/** The brightest of R, G and B at each pixel: HSV's V, and what many methods take for a first map of the light. */
export function* brightestChannel(picture: Picture): Steps<Plane> {
  const { width, height, channels, samples } = picture;
  const plane = createPlane(width, height);
  const colours = colourChannels(picture);
  yield* overRows(height, width, (from, to) => {
    for (let i = from * width; i < to * width; i++) {
      let brightest = samples[i * channels];
      for (let c = 1; c < colours; c++) brightest = Math.max(brightest, samples[i * channels + c]);
      plane.values[i] = brightest;
    }
  });
  return plane;
}
