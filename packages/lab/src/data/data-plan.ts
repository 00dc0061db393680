import type { Feeds } from "./feeds.ts";
import type { PatchOptions } from "./patch-draw.ts";

/** The contents of batches. */
export interface BatchContents {
  readonly feeds: Feeds;
  /** Whether each whole photo is stretched to the range 0 to 1 before it is cut or reduced. */
  readonly stretch: boolean;
}

/** Pairs of photos, and how batches are drawn from them. */
export interface AlignedPlan extends BatchContents {
  readonly kind: "aligned";
  /** One or more sources, as arguments of `PhotoReader.findPairs`. */
  readonly pairs: readonly string[];
  /** How often an epoch holds the scenes of each of `pairs`; default once. */
  readonly repeat?: readonly number[];
  /** Part of each to use, such as `train`; default all. */
  readonly split?: string | undefined;
  /** Whether pairs that share a photo form a scene, of which any two exposures are drawn; otherwise pairs stay as listed. */
  readonly anyTwoExposures: boolean;
  readonly draw: PatchOptions;
}

/** Dark photos and good ones, and how batches are drawn from them. */
export interface UnpairedPlan extends BatchContents {
  readonly kind: "unpaired";
  /** Folders. */
  readonly dark: readonly string[];
  readonly normal: readonly string[];
  /** Pairs to split: their dark photos join `dark`, their bright ones `normal`. */
  readonly pairs: readonly string[];
  /** Part of each of `pairs` to use; default all. */
  readonly split?: string | undefined;
  readonly draw: PatchOptions;
}

/** The data of a stage, and how batches are drawn from them. */
export type DataPlan = AlignedPlan | UnpairedPlan;
