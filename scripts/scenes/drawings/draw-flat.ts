import type { Picture } from "@kindling/node";
import { paintPicture } from "./paint-picture.ts";

/** A frame of one grey level, 0 to 255. */
export function drawFlat(level: number): Picture {
  return paintPicture(() => [level / 255, level / 255, level / 255]);
}
