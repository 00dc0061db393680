import type { Picture } from "@kindling/node";
import { paintPicture, sceneHeight, sceneWidth } from "./paint-picture.ts";

/** Centre of the lamp, in pixels. */
export const lampCentre = { x: sceneWidth / 2, y: sceneHeight / 2 } as const;

const lampRadius = 8;
const glowRadius = 150;
const warmth = [1, 0.957, 0.847] as const;

/** A white lamp on black; its warm glow has fallen to one level of 255 at three fifths of the way to its end. */
export function drawLamp(): Picture {
  return paintPicture((x, y) => {
    const distance = Math.hypot(x - lampCentre.x, y - lampCentre.y);
    if (distance <= lampRadius) return [1, 1, 1];
    const glow = Math.max(1 - distance / glowRadius, 0) ** 6;
    return [warmth[0] * glow, warmth[1] * glow, warmth[2] * glow];
  });
}
