import type { PatchDraw } from "./patch-draw.ts";

/** A patch of one photo. */
export interface PhotoDraw extends PatchDraw {
  /** The photo's number. */
  readonly image: number;
}

/** The draw of one item of a batch. */
export interface BatchDraw {
  readonly dark: PhotoDraw;
  readonly bright: PhotoDraw;
  /** 0 or 1, each with a chance of one half. */
  readonly coin: 0 | 1;
  /** Drawn evenly from 0 up to 1. */
  readonly uniform: number;
  /** Divisor of the dark crop where the feed asks for it darkened; 1 leaves it as it is. */
  readonly darkening: number;
}
