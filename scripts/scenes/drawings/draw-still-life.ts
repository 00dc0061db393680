import { decodeSrgb, encodeSrgb, type Picture } from "@kindling/node";
import { coverEllipse } from "./cover-ellipse.ts";
import { type Colour, paintPicture, sceneHeight } from "./paint-picture.ts";

const balls = [
  { x: 95, y: 140, radius: 45, reflectance: 0.75 },
  { x: 190, y: 155, radius: 32, reflectance: 0.4 },
  { x: 255, y: 130, radius: 50, reflectance: 0.9 },
] as const;
const tableEdge = 150;

/** Three grey balls on a table, in light of one colour from the upper left: `light` is a white object's colour in it. */
export function drawStillLife(light: Colour): Picture {
  const linear = light.map(decodeSrgb);
  return paintPicture(
    (x, y) => {
      const grey = balls.reduce(
        (under, ball) => {
          const ellipse = { x: ball.x, y: ball.y, radiusX: ball.radius, radiusY: ball.radius };
          const [dx, dy] = [(x - ball.x) / ball.radius, (y - ball.y) / ball.radius];
          const facing = Math.sqrt(Math.max(1 - dx * dx - dy * dy, 0)) * 0.6 - dx * 0.5 - dy * 0.62;
          const shaded = ball.reflectance * (0.06 + 0.94 * Math.max(facing, 0));
          const cover = coverEllipse(ellipse, x, y);
          return under + (shaded - under) * cover;
        },
        y < tableEdge ? 0.1 + (0.2 * y) / tableEdge : 0.5 - (0.2 * (y - tableEdge)) / (sceneHeight - tableEdge),
      );
      return [encodeSrgb(grey * linear[0]), encodeSrgb(grey * linear[1]), encodeSrgb(grey * linear[2])];
    },
    { grain: 0.7 },
  );
}
