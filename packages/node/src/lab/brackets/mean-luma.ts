import type { Picture } from "@kindling/core";
import { trainingImage } from "@kindling/lab/internal";

/** Mean luma (0.299 R + 0.587 G + 0.114 B) of a picture as a file of 8 bits holds it, 0 to 1. */
export function meanLumaOf(picture: Picture): number {
  return trainingImage(picture, 8).facts.meanLuma;
}
