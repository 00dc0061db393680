import type { Picture } from "@kindling/node";
import { paintPicture, sceneHeight, sceneWidth } from "./paint-picture.ts";

/** Off-white paper, shaded faintly from one corner to the other, with a white card on it. */
export function drawPaper(): Picture {
  return paintPicture(
    (x, y) => {
      if (x >= 200 && x < 280 && y >= 50 && y < 110) return [1.01, 1.01, 1.01];
      const shade = 0.97 - 0.09 * ((x / sceneWidth + y / sceneHeight) / 2);
      return [shade, 0.985 * shade, 0.95 * shade];
    },
    { grain: 0.7 },
  );
}
