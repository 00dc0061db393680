import type { Runtime } from "@kindling/core";
import type { Features, Weight } from "@kindling/nets";
import type { PhotoSource } from "../data/photo-source.ts";
import type { RunStore } from "./run-store.ts";
import type { TrainingEvent } from "./training-event.ts";
import type { TrainingHook } from "./training-hook.ts";
import type { TrainingReport } from "./training-report.ts";

/** The surroundings of a training: its store, photos, runtime, and callbacks. */
export interface TrainingSetting {
  readonly store: RunStore;
  readonly photos: PhotoSource;
  /** Runs the steps and validations. The caller disposes it. */
  readonly runtime: Runtime;
  /** Continue the run in the store; default false. */
  readonly resume?: boolean | undefined;
  /** Number of steps to add to the present stage of a resumed run; default 0. */
  readonly extend?: number | undefined;
  /** First weights by name; missing ones are drawn from the seed. */
  readonly weights?: ReadonlyMap<string, Weight> | undefined;
  /** The features that perceptual losses compare. */
  readonly features?: Features | undefined;
  /** Renders the run's `report.html`; default no report. */
  readonly renderReport?: ((report: TrainingReport) => Promise<string>) | undefined;
  /** Called with every event. */
  readonly report?: ((event: TrainingEvent) => void) | undefined;
  /** Hooks that run after the laboratory's own. */
  readonly hooks?: readonly TrainingHook[] | undefined;
  /** Abort it to stop after the present step, with a checkpoint. */
  readonly signal?: AbortSignal | undefined;
}
