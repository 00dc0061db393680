import type { Runtime } from "@kindling/core";
import type { Features, Weight } from "@kindling/nets";
import type { PhotoSource } from "../data/photo-source.ts";
import type { RunStore } from "./run-store.ts";
import type { TrainingEvent } from "./training-event.ts";
import type { TrainingHook } from "./training-hook.ts";
import type { TrainingReport } from "./training-report.ts";

/** Where a training runs and is kept, and how it is followed. */
export interface TrainingSetting {
  readonly store: RunStore;
  readonly photos: PhotoSource;
  /** The caller disposes it. */
  readonly runtime: Runtime;
  /** Continue the run that the store holds. */
  readonly resume?: boolean | undefined;
  /** Steps that the present stage of a resumed run gets beyond those of the plan. */
  readonly extend?: number | undefined;
  /** Weights to begin with, by name; those that are missing are drawn from the seed. */
  readonly weights?: ReadonlyMap<string, Weight> | undefined;
  /** What perceptual losses compare by. */
  readonly features?: Features | undefined;
  /** Renders the report that the run keeps as `report.html`; default none is kept. */
  readonly renderReport?: ((report: TrainingReport) => Promise<string>) | undefined;
  /** Called with every event. */
  readonly report?: ((event: TrainingEvent) => void) | undefined;
  /** Called after the laboratory's own hooks. */
  readonly hooks?: readonly TrainingHook[] | undefined;
  /** Raise it to stop after the present step; what was learnt is saved. */
  readonly signal?: AbortSignal | undefined;
}
