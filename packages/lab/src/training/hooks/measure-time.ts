import type { TrainingEvent } from "../training-event.ts";
import type { TrainingHook } from "../training-hook.ts";

/** Times the steps, adds the column `images-per-second`, and reports every step. */
export function measureTime(report: (event: TrainingEvent) => void): TrainingHook {
  let startedAt = 0;
  let stepsMs = 0;
  let count = 0;
  return {
    beginStage() {
      [stepsMs, count] = [0, 0];
    },
    beginStep() {
      startedAt = performance.now();
    },
    endStep({ stage, settings, taken }, { terms, row }) {
      const tookMs = performance.now() - startedAt;
      stepsMs += tookMs;
      count++;
      const imagesPerSecond = settings.batch / (tookMs / 1000);
      const secondsLeft = (stepsMs / 1000 / count) * (settings.steps - taken);
      row["images-per-second"] = imagesPerSecond;
      const { steps } = settings;
      report({ event: "step", stage: stage.name, step: taken, steps, terms, imagesPerSecond, secondsLeft });
    },
  };
}
