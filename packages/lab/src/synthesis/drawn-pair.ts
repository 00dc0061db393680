import type { Picture } from "@kindling/core";

/** A pair drawn from random numbers: what a camera records of a plain scene, and the scene itself. */
export interface DrawnPair {
  /** RGB, encoded as sRGB, 0 to 1: with noise, not compressed. */
  readonly low: Picture;
  /** The same without noise and as bright. */
  readonly normal: Picture;
  /** Quality of the JPEG compression of `low`, 1 to 100; 0 = none. */
  readonly jpegQuality: number;
  /** Which of the scenes it is, such as `stars`. */
  readonly scene: string;
}

/** Width and height of drawn pictures in pixels. */
export const drawnSize = { width: 640, height: 400 } as const;
