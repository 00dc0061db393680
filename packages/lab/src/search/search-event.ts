import type { TrainingEvent } from "../training/training-event.ts";
import type { TrialResult } from "./search-result.ts";

/** An event of a search, for code that shows its progress. */
export type SearchEvent =
  | {
      readonly event: "round";
      /** Counts from 1. */
      readonly round: number;
      readonly rounds: number;
      readonly trials: number;
      /** Steps at the end of the round; undefined for whole trainings. */
      readonly steps: number | undefined;
    }
  | { readonly event: "training"; readonly trial: string; readonly of: TrainingEvent }
  | {
      /** A trial has completed its round, or failed. */
      readonly event: "trial";
      readonly result: TrialResult;
      /** Trials of this round that are done. */
      readonly done: number;
      readonly trials: number;
    }
  | { readonly event: "written"; readonly file: string }
  | { readonly event: "end"; readonly finished: boolean; readonly best: string | undefined; readonly out: string };
