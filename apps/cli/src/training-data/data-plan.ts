import type { AlignedOptions, PatchOptions } from "@kindling/lab";

/** Pairs of photos, and how batches are drawn from them. */
export interface AlignedPlan {
  readonly kind: "aligned";
  /** One or more folders or CSV files as `findPairs` reads them. */
  readonly pairs: readonly string[];
  /** How often an epoch holds the scenes of each of `pairs`; once where it is left out. */
  readonly repeat?: readonly number[];
  /** Part of each to use, such as `train`; all where it is left out. */
  readonly split?: string | undefined;
  /** Whether pairs that share a photo are one scene of which any two exposures are drawn, as KinD asks; else pairs stay as listed. */
  readonly anyTwoExposures: boolean;
  readonly draw: AlignedOptions;
}

/** Dark photos and good ones, and how batches are drawn from them. */
export interface UnpairedPlan {
  readonly kind: "unpaired";
  /** Folders. */
  readonly dark: readonly string[];
  readonly normal: readonly string[];
  /** Pairs that are taken apart: their dark photos join the dark ones, their bright ones the good ones. */
  readonly pairs: readonly string[];
  /** Part of each of `pairs` to use; all where it is left out. */
  readonly split?: string | undefined;
  readonly draw: PatchOptions;
}

/** What a training is fed with. */
export type DataPlan = AlignedPlan | UnpairedPlan;
