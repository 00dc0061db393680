/** An event of a training, for code that shows its progress. */
export type TrainingEvent =
  | {
      /** All photos were decoded once and have no faults. */
      readonly event: "checked";
      readonly photos: number;
      /** Items of an epoch: scenes, pairs or dark photos. */
      readonly items: number;
    }
  | {
      readonly event: "stage";
      readonly stage: string;
      /** Number of steps that are done. */
      readonly from: number;
      readonly steps: number;
    }
  | TrainingStepEvent
  | {
      readonly event: "validated";
      readonly stage: string;
      readonly step: number;
      /** In decibels, as is `gtMeanPsnr`. */
      readonly psnr: number;
      readonly ssim: number;
      readonly gtMeanPsnr: number;
      /** Whether the pairs are those that are trained on, as there are no others. */
      readonly isOfTrained: boolean;
    }
  | { readonly event: "saved"; readonly stage: string; readonly step: number; readonly file: string }
  | { readonly event: "written"; readonly file: string }
  | { readonly event: "end"; readonly finished: boolean; readonly out: string };

/** A step is done. */
export interface TrainingStepEvent {
  readonly event: "step";
  readonly stage: string;
  /** From 1, of `steps`. */
  readonly step: number;
  readonly steps: number;
  /** Terms of the loss and other outputs of the step, by name. */
  readonly terms: Readonly<Record<string, number>>;
  readonly imagesPerSecond: number;
  /** Estimated time until the end of the stage, without validations. */
  readonly secondsLeft: number;
}
