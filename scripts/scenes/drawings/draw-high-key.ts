import type { Picture } from "@kindling/node";
import { coverEllipse } from "./cover-ellipse.ts";
import { mixColours } from "./mix-colours.ts";
import { type Colour, paintPicture } from "./paint-picture.ts";

const white: Colour = [1.01, 1.01, 1.01];
const eggs = [
  { x: 110, y: 130, radiusX: 52, radiusY: 66, colour: [0.95, 0.88, 0.82] },
  { x: 215, y: 145, radiusX: 46, radiusY: 58, colour: [0.93, 0.93, 0.9] },
] as const;

/** Two eggs on a white background, lit from the upper left: nearly everything is light. */
export function drawHighKey(): Picture {
  return paintPicture(
    (x, y) =>
      eggs.reduce<Colour>((under, egg) => {
        const shadow = coverEllipse({ ...egg, y: egg.y + egg.radiusY, radiusY: 12 }, x, y);
        const [dx, dy] = [(x - egg.x) / egg.radiusX, (y - egg.y) / egg.radiusY];
        const facing = Math.sqrt(Math.max(1 - dx * dx - dy * dy, 0)) * 0.7 - dx * 0.4 - dy * 0.5;
        const light = 0.78 + 0.26 * Math.max(facing, 0);
        const shell: Colour = [egg.colour[0] * light, egg.colour[1] * light, egg.colour[2] * light];
        return mixColours(mixColours(under, [0.9, 0.9, 0.91], 0.8 * shadow), shell, coverEllipse(egg, x, y));
      }, white),
    { grain: 0.7 },
  );
}
