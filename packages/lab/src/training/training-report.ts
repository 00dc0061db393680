import type { MetricsRow } from "./metrics-log.ts";
import type { SampleRow } from "./sample-log.ts";

/** The data of a training's report. */
export interface TrainingReport {
  readonly network: string;
  /** Whether steps are being taken. */
  readonly isRunning: boolean;
  /** In the order of training. */
  readonly stages: readonly {
    readonly name: string;
    readonly about: string;
    /** What validations of the stage compare, in words. */
    readonly viewAbout: string;
    readonly steps: number;
  }[];
  readonly rows: readonly MetricsRow[];
  readonly samples: readonly SampleRow[];
  /** All settings, as `run.yaml` holds them. */
  readonly config: string;
}
