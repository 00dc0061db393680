import { lampCentre } from "../drawings/draw-lamp.ts";
import type { Levels } from "./levels.ts";

const ringPx = 2;

/**
 * How much a ring around the lamp is brighter than what is inside it, in levels of 255: the largest rise of a
 * channel's mean over rings two pixels wide above a ring further in. 0 where light only falls outwards.
 */
export function ringRise(_before: Levels, after: Levels): number {
  return Math.max(...[0, 1, 2].map((channel) => largestRise(ringMeans(after, channel))));
}

function ringMeans({ width, height, rgb }: Levels, channel: number): number[] {
  const rings: { sum: number; count: number }[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const ring = Math.floor(Math.hypot(x - lampCentre.x, y - lampCentre.y) / ringPx);
      rings[ring] ??= { sum: 0, count: 0 };
      rings[ring].sum += rgb[3 * (y * width + x) + channel];
      rings[ring].count++;
    }
  }
  return rings.filter(Boolean).map(({ sum, count }) => sum / count);
}

function largestRise(means: readonly number[]): number {
  let [lowest, rise] = [255, 0];
  for (const mean of means) {
    lowest = Math.min(lowest, mean);
    rise = Math.max(rise, mean - lowest);
  }
  return rise;
}
