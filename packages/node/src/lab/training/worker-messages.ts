import type { ErrorCode, ModelTensors } from "@kindling/core";
import type { DataPlan, DataSummary } from "@kindling/lab/internal";

/** The data that the worker thread starts with. */
export interface BatchWorkerStart {
  readonly plan: DataPlan;
  readonly budgetBytes: number;
}

/** A request for a step's batch, with the memory of an older one for it. */
export interface BatchRequest {
  readonly step: number;
  readonly into?: ModelTensors | undefined;
}

/** A message of the worker thread. Errors lose their class between threads, so they travel as code and message. */
export type BatchWorkerMessage =
  | { readonly kind: "checked"; readonly done: number; readonly total: number }
  | { readonly kind: "ready"; readonly summary: DataSummary }
  | { readonly kind: "refused"; readonly code: ErrorCode; readonly message: string }
  | { readonly kind: "batch"; readonly step: number; readonly batch: ModelTensors }
  | { readonly kind: "failed"; readonly step: number; readonly code: ErrorCode; readonly message: string };
