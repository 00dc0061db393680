import type { Checkpoint } from "./checkpoint.ts";
import type { OpenStage } from "./open-stage.ts";

/** A step that was taken. */
export interface TakenStep {
  /** Outputs of the step by name: the terms of the loss, and what else its graph reports. */
  readonly terms: Readonly<Record<string, number>>;
  readonly rate: number;
  /** Whether validations and new reports are due. */
  readonly isMoment: boolean;
  /** The step's row of `metrics.csv`; hooks add their columns. */
  readonly row: Record<string, number>;
}

/**
 * What happens around the steps of a training. The hooks of a training are called one after the other, in the order of
 * their list; an error of any stops the training.
 */
export interface TrainingHook {
  /** Before the first stage; with the checkpoint where a run is resumed. */
  beginRun?(checkpoint: Checkpoint | undefined): Promise<void> | void;
  /** Before the first step of a stage, once its data are checked; not where a resumed stage has no step left. */
  beginStage?(stage: OpenStage): Promise<void> | void;
  /** Before the batch of a step is fetched. */
  beginStep?(stage: OpenStage): Promise<void> | void;
  /** After a step; `stage.taken` counts it. */
  endStep?(stage: OpenStage, step: TakenStep): Promise<void> | void;
  /** After the last step of a stage, or where the signal stopped it before: then `stage.taken` is below its steps. */
  endStage?(stage: OpenStage): Promise<void> | void;
  /** At the very end. Errors of this call are dropped where the training itself failed. */
  endRun?(outcome: "finished" | "stopped" | "failed"): Promise<void> | void;
}
