import type { Checkpoint } from "./checkpoint.ts";
import type { OpenStage } from "./open-stage.ts";

/** A step that is done. */
export interface TakenStep {
  /** Outputs of the step by name: the terms of the loss, and others of its graph. */
  readonly terms: Readonly<Record<string, number>>;
  /** The learning rate. */
  readonly rate: number;
  /** Whether a validation and a new report are due after this step. */
  readonly isReportDue: boolean;
  /** The step's row of `metrics.csv`; hooks add their columns. */
  readonly row: Record<string, number>;
}

/**
 * Calls around the steps of a training. The hooks of a training run one after the other, in the order of their list; an
 * error in one stops the training.
 */
export interface TrainingHook {
  /** Called before the first stage; with the checkpoint of a resumed run. */
  beginRun?(checkpoint: Checkpoint | undefined): Promise<void> | void;
  /** Called before the first step of a stage, after its data are checked; not where a resumed stage has no step left. */
  beginStage?(stage: OpenStage): Promise<void> | void;
  /** Called before the batch of a step is fetched. */
  beginStep?(stage: OpenStage): Promise<void> | void;
  /** Called after a step, which `stage.taken` counts. */
  endStep?(stage: OpenStage, step: TakenStep): Promise<void> | void;
  /** Called after the last step of a stage. Where the signal stopped the stage, `stage.taken` is below its steps. */
  endStage?(stage: OpenStage): Promise<void> | void;
  /** Called at the end. Its errors are ignored where the training itself failed. */
  endRun?(outcome: "finished" | "stopped" | "failed"): Promise<void> | void;
}
