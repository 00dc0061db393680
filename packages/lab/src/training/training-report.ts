import type { TrainingFacts } from "../pages/training-page.ts";

/** The data of a training's report. */
export type TrainingReport = Omit<TrainingFacts, "version">;
