import { createPicture, encodeSrgb, type Picture } from "@kindling/core";
import type { LinearPicture } from "@kindling/lab";

/**
 * The scene as a good photographer would print it: exposed well, highlights rolled off like film, encoded as sRGB.
 *
 * Narkowicz, "ACES filmic tone mapping curve", 2015: (x (2.51 x + 0.03)) / (x (2.43 x + 0.59) + 0.14).
 */
export function developFilm(scene: LinearPicture): Picture {
  const picture = createPicture(scene.width, scene.height, scene.channels);
  for (let i = 0; i < scene.samples.length; i++) {
    const x = scene.samples[i];
    const toned = (x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14);
    picture.samples[i] = encodeSrgb(Math.min(Math.max(toned, 0), 1));
  }
  return picture;
}
