import type { BlackSide } from "./black-side.ts";
import type { PatchDraw } from "./patch-draw.ts";

/** A patch of one photo. */
export interface PhotoDraw extends PatchDraw {
  /** The photo's number. */
  readonly image: number;
}

/** One item of a batch: what was drawn for it. */
export interface BatchDraw {
  readonly dark: PhotoDraw;
  readonly bright: PhotoDraw;
  /** 0 or 1. */
  readonly coin: 0 | 1;
  /** Whether the bright photo is the brightest of its scene. */
  readonly brightest: boolean;
  /** What the dark crop is divided by where it is asked for darkened; 1 leaves it as it is. */
  readonly darkening: number;
  /** The side that goes black in whole photos reduced by area. */
  readonly blackSide?: BlackSide;
}
