import type { KindlingError, ModelTensors, Picture, SampleDepth } from "@kindling/core";
import type { DataPlan } from "./data-plan.ts";

/** Two photos of one scene from one camera position: pixels correspond. */
export interface SourcePair {
  /** The name of the pair in messages and reports. */
  readonly name: string;
  /** The darker photo, an argument of `PhotoReader.readPhoto`. */
  readonly low: string;
  /** The better exposed photo. */
  readonly normal: string;
}

/** The pairs of a data set, and its faults. */
export interface SourcePairs {
  readonly pairs: readonly SourcePair[];
  /** One for each missing file and each photo without a partner. */
  readonly failures: readonly { readonly error: KindlingError }[];
}

/** Finds and reads photos for training. Sources and photos are named by unique strings, such as paths. */
export interface PhotoReader {
  /**
   * Finds the pairs of a data set.
   *
   * @param split only pairs of this part of the data set, such as `val`; default all.
   * @throws {KindlingError} `not-found`, `unreadable`, `damaged` or `invalid-option`, where it finds no pair.
   */
  findPairs(source: string, split?: string): Promise<SourcePairs>;

  /**
   * Lists the photos of a folder and all below it.
   *
   * @throws {KindlingError} `not-found` where there is none; `unreadable`.
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
  /** Finds the full name of a source, such as its absolute path; undefined where there is no such source. */
  locate(source: string): Promise<string | undefined>;

  /**
   * Finds and checks all photos of a plan (`openDataset`) and makes batches of them, if possible ahead of the training.
   *
   * @throws {KindlingError} one error that names every fault of the data; `cancelled`.
   */
  openBatches(plan: DataPlan, options?: BatchOptions): Promise<TrainingBatches>;

  /** Encodes a picture as a small WebP for a report, its longer side at most `sidePx`. */
  encodePreview(picture: Picture, sidePx: number): Promise<Uint8Array>;
}

/** How batches are opened. */
export interface BatchOptions {
  /** Memory in bytes that decoded photos may fill together; default: the source decides. */
  readonly budgetBytes?: number | undefined;
  /** Abort it to stop: checks end, and requests for batches fail with `cancelled`. */
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of checked photos and that of all. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Numbers of checked data. */
export interface DataSummary {
  /** Items of an epoch: scenes, pairs, or the dark photos of unpaired data. */
  readonly items: number;
  /** Photo files. */
  readonly photos: number;
  /** Photos that stay decoded in memory. */
  readonly keptPhotos: number;
  /** Bytes that these fill. */
  readonly keptBytes: number;
}

/** Checked photos, from which batches are drawn. */
export interface TrainingBatches {
  readonly summary: DataSummary;

  /**
   * Makes the batch of a step. The same plan and step always give the same batch.
   *
   * @throws {KindlingError} where a photo has changed since it was checked; `cancelled`; after `close`.
   */
  batch(step: number): Promise<ModelTensors>;

  /** Takes a batch back to fill its memory again; do not use its arrays afterwards. */
  recycle(batch: ModelTensors): void;

  /** Frees the memory and the threads that make batches. */
  close(): Promise<void>;
}
