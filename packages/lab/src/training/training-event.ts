/** An event of a training, for whoever shows its progress. */
export type TrainingEvent =
  | {
      /** All photos are decoded once and sound. */
      readonly event: "checked";
      readonly photos: number;
      /** Scenes, pairs or dark photos that make an epoch. */
      readonly items: number;
    }
  | {
      readonly event: "stage";
      readonly stage: string;
      /** Steps that were taken before. */
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
    }
  | { readonly event: "saved"; readonly stage: string; readonly step: number; readonly file: string }
  | { readonly event: "written"; readonly file: string }
  | { readonly event: "end"; readonly finished: boolean; readonly out: string };

/** A step that was taken. */
export interface TrainingStepEvent {
  readonly event: "step";
  readonly stage: string;
  /** From 1, of `steps`. */
  readonly step: number;
  readonly steps: number;
  /** Terms of the loss and other outputs of the step, by name. */
  readonly terms: Readonly<Record<string, number>>;
  readonly imagesPerSecond: number;
  /** Until the end of the stage, without validations. */
  readonly secondsLeft: number;
}
