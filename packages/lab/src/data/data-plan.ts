import type { AlignedOptions } from "./draw-aligned.ts";
import type { Feeds } from "./feeds.ts";
import type { PatchOptions } from "./patch-draw.ts";

/** What batches hold. */
interface BatchContents {
  readonly feeds: Feeds;
  /** Whether each whole photo is stretched from 0 to 1 before it is cut or reduced. */
  readonly stretch: boolean;
}

/** Pairs of photos, and how batches are drawn from them. */
export interface AlignedPlan extends BatchContents {
  readonly kind: "aligned";
  /** One or more sources as `PhotoReader.findPairs` takes them. */
  readonly pairs: readonly string[];
  /** How often an epoch holds the scenes of each of `pairs`; default once. */
  readonly repeat?: readonly number[];
  /** Part of each to use, such as `train`; default all. */
  readonly split?: string | undefined;
  /** Whether pairs that share a photo are one scene of which any two exposures are drawn, as KinD asks; else pairs stay as listed. */
  readonly anyTwoExposures: boolean;
  readonly draw: AlignedOptions;
}

/** Dark photos and good ones, and how batches are drawn from them. */
export interface UnpairedPlan extends BatchContents {
  readonly kind: "unpaired";
  /** Folders. */
  readonly dark: readonly string[];
  readonly normal: readonly string[];
  /** Pairs that are taken apart: their dark photos join the dark ones, their bright ones the good ones. */
  readonly pairs: readonly string[];
  /** Part of each of `pairs` to use; default all. */
  readonly split?: string | undefined;
  readonly draw: PatchOptions;
}

/** The data of a stage, and how batches are drawn from them. */
export type DataPlan = AlignedPlan | UnpairedPlan;
