import type { ErrorCode, ModelTensors } from "@kindling/node";
import type { DataPlan } from "./data-plan.ts";

/** What the worker thread is started with. */
export interface BatchWorkerStart {
  readonly plan: DataPlan;
  readonly budgetBytes: number;
}

/** What is known of the data once they are checked. */
export interface DataSummary {
  /** Scenes, pairs, or dark photos of an unpaired set: what makes an epoch. */
  readonly items: number;
  /** Photo files. */
  readonly photos: number;
  /** Photos that stay decoded in memory, and how much of it they take. */
  readonly keptPhotos: number;
  readonly keptBytes: number;
}

/** The wish for a step's batch, with the memory of an older one to put it in. */
export interface BatchRequest {
  readonly step: number;
  readonly into?: ModelTensors | undefined;
}

/** What the worker thread tells; errors lose their class between threads, so they travel as code and message. */
export type BatchWorkerMessage =
  | { readonly kind: "checked"; readonly done: number; readonly total: number }
  | { readonly kind: "ready"; readonly summary: DataSummary }
  | { readonly kind: "refused"; readonly code: ErrorCode; readonly message: string }
  | { readonly kind: "batch"; readonly step: number; readonly batch: ModelTensors }
  | { readonly kind: "failed"; readonly step: number; readonly code: ErrorCode; readonly message: string };
