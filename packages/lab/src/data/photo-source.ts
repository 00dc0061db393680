import type { KindlingError, ModelTensors, Picture, SampleDepth } from "@kindling/core";
import type { DataPlan } from "./data-plan.ts";

/** Two photos of one scene, pixel on pixel. */
export interface SourcePair {
  /** What messages and reports call the pair. */
  readonly name: string;
  /** The darker photo, as `PhotoReader.readPhoto` takes it. */
  readonly low: string;
  readonly normal: string;
}

/** The pairs of a data set, and what of it is no pair. */
export interface SourcePairs {
  readonly pairs: readonly SourcePair[];
  /** Each missing file and each photo without a partner. */
  readonly failures: readonly { readonly error: KindlingError }[];
}

/** Finds and reads photos for training. Sources and photos have names that are unique within it, such as paths. */
export interface PhotoReader {
  /**
   * Finds the pairs of a data set.
   *
   * @param split only pairs of this part of the data set, such as `val`; default all.
   * @throws {KindlingError} where it holds none: `not-found`, `unreadable`, `damaged`, `invalid-option`.
   */
  findPairs(source: string, split?: string): Promise<SourcePairs>;

  /**
   * Lists the photos of a folder and all below it.
   *
   * @throws {KindlingError} `not-found` where it holds none; `unreadable`.
   */
  listPhotos(folder: string): Promise<readonly string[]>;

  /**
   * Decodes a photo, upright.
   *
   * @throws {KindlingError} naming the photo and what is wrong with it.
   */
  readPhoto(photo: string): Promise<{ readonly picture: Picture; readonly depth: SampleDepth }>;
}

/** Where a training's photographs come from: a port, which `@kindling/node/lab` implements for files. */
export interface PhotoSource extends PhotoReader {
  /** The full name of a source, such as its absolute path; undefined where there is no such source. */
  locate(source: string): Promise<string | undefined>;

  /**
   * Finds and checks all photos of a plan (`openDataset`) and draws batches from them, best ahead of the training.
   *
   * @throws {KindlingError} one error that names everything that is wrong with the data; `cancelled`.
   */
  openBatches(plan: DataPlan, options?: BatchOptions): Promise<TrainingBatches>;

  /** Encodes a picture as a small WebP for a report, its longer side at most `sidePx`. */
  encodePreview(picture: Picture, sidePx: number): Promise<Uint8Array>;
}

/** How batches are opened. */
export interface BatchOptions {
  /** Memory in bytes that decoded photos may fill together; default as the source sees fit. */
  readonly budgetBytes?: number | undefined;
  /** Raise it to stop: checking ends, and batches that are asked for fail with `cancelled`. */
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of photos that are checked, and of all. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Facts of checked data. */
export interface DataSummary {
  /** Scenes, pairs, or dark photos of an unpaired set: what makes an epoch. */
  readonly items: number;
  /** Photo files. */
  readonly photos: number;
  /** Photos that stay decoded in memory, and the bytes they take. */
  readonly keptPhotos: number;
  readonly keptBytes: number;
}

/** Checked photos that batches are drawn from. */
export interface TrainingBatches {
  readonly summary: DataSummary;

  /**
   * Gives the batch of a step: the same for the same plan and step, whenever it is asked for.
   *
   * @throws {KindlingError} where a photo has changed since it was checked; `cancelled`; after `close`.
   */
  batch(step: number): Promise<ModelTensors>;

  /** Takes a batch's memory back to fill it again; its arrays must not be used from then on. */
  recycle(batch: ModelTensors): void;

  /** Frees the memory and whatever draws the batches. */
  close(): Promise<void>;
}
