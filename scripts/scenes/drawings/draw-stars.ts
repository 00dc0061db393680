import { createRandom, type Picture } from "@kindling/node";
import { mixColours } from "./mix-colours.ts";
import { paintPicture, sceneHeight, sceneWidth } from "./paint-picture.ts";

const starCount = 140;

/** A night sky, a little lighter at the horizon, with stars of many brightnesses and the noise of a camera. */
export function drawStars(): Picture {
  const random = createRandom(1, "stars");
  const stars = Array.from({ length: starCount }, () => ({
    x: sceneWidth * random(),
    y: sceneHeight * random(),
    light: 0.08 + 0.9 * random() ** 4,
  }));
  return paintPicture(
    (x, y) => {
      const sky = mixColours([0.008, 0.012, 0.04], [0.04, 0.063, 0.125], y / sceneHeight);
      const light = stars.reduce(
        (sum, star) => sum + star.light * Math.exp(-((x - star.x) ** 2 + (y - star.y) ** 2) / 1.4),
        0,
      );
      return [sky[0] + light, sky[1] + light, sky[2] + light];
    },
    { grain: 2 },
  );
}
