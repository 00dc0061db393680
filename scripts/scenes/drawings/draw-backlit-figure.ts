import type { Picture } from "@kindling/node";
import { coverEllipse } from "./cover-ellipse.ts";
import { mixColours } from "./mix-colours.ts";
import { type Colour, paintPicture, sceneHeight } from "./paint-picture.ts";

const horizon = 185;
const head = { x: 160, y: 78, radiusX: 25, radiusY: 32 };
const hair = { x: 160, y: 62, radiusX: 29, radiusY: 25 };
const body = { x: 160, y: 205, radiusX: 62, radiusY: 98 };
const eyes = [150, 170].map((x) => ({ x, y: 78, radiusX: 3, radiusY: 2 }));

/** A person before a bright sky, exposed for the sky: face, clothes and ground are nearly black. */
export function drawBacklitFigure(): Picture {
  return paintPicture(
    (x, y) => {
      const sky = mixColours([0.62, 0.74, 0.88], [0.93, 0.92, 0.88], Math.min(y / horizon, 1));
      const tuft = 0.014 * Math.sin(x * 0.9 + 3 * Math.sin(y * 0.7));
      let colour: Colour = y < horizon ? sky : [0.055 + tuft, 0.07 + tuft, 0.04 + tuft];
      const stripe = Math.floor(y / 9) % 2 === 0 ? 1 : 0.55;
      const isBody = y > 108 ? coverEllipse(body, x, y) : 0;
      colour = mixColours(colour, [0.11 * stripe, 0.05 * stripe, 0.06], isBody);
      colour = mixColours(colour, [0.035, 0.03, 0.03], coverEllipse(hair, x, y));
      const cheek = 0.11 + 0.03 * ((head.x - x) / head.radiusX) - 0.02 * ((y - head.y) / sceneHeight);
      colour = mixColours(colour, [cheek, 0.74 * cheek, 0.6 * cheek], y > 66 ? coverEllipse(head, x, y) : 0);
      for (const eye of eyes) colour = mixColours(colour, [0.02, 0.02, 0.02], coverEllipse(eye, x, y));
      return colour;
    },
    { grain: 1.2 },
  );
}
