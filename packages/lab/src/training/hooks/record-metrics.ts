import type { MetricsLog } from "../metrics-log.ts";
import type { TrainingHook } from "../training-hook.ts";
import type { TrainingPlan } from "../training-plan.ts";

/** Records the row of every step; a resumed run drops the rows of steps after its checkpoint. */
export function recordMetrics({ recipe }: TrainingPlan, metrics: MetricsLog): TrainingHook {
  return {
    async beginRun(checkpoint) {
      if (!checkpoint) return;
      const names = recipe.stages.map(({ name }) => name);
      const before = names.slice(0, checkpoint.stage);
      const present = names[checkpoint.stage];
      await metrics.resume(
        ({ stage, step }) => before.includes(stage) || (stage === present && step <= checkpoint.step),
      );
    },
    async endStep({ stage, taken }, { isReportDue, row }) {
      metrics.add({ stage: stage.name, step: taken, values: row });
      if (isReportDue) await metrics.flush();
    },
  };
}
