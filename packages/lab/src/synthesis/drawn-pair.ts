import type { Picture } from "@kindling/core";
import type { DarkShot } from "./dark-shot.ts";

/** A pair that needs no good photo: what a camera records of a drawn scene, and how it should look. */
export interface DrawnPair {
  /** RGB, encoded as sRGB, 0 to 1: the camera's record, not compressed. */
  readonly low: Picture;
  /** The target: free of noise. */
  readonly normal: Picture;
  /** How `low` was taken, and how its file is compressed. */
  readonly shot: DarkShot;
  /** Which of the scenes it is: `panorama`, or a plain one such as `stars`. */
  readonly scene: string;
}

/** Width and height of plain scenes in pixels. */
export const drawnSize = { width: 640, height: 400 } as const;
