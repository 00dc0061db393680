import type { MetricsLog } from "../metrics-log.ts";
import { formatRunSettings } from "../run-settings.ts";
import type { RunStore } from "../run-store.ts";
import type { SampleLog } from "../sample-log.ts";
import type { TrainingHook } from "../training-hook.ts";
import type { TrainingPlan } from "../training-plan.ts";
import type { TrainingReport } from "../training-report.ts";

/** The file of a run with its curves and pictures. */
const reportFile = "report.html";

/** Writes the report whenever one is due, and at the end. */
export function writeReports({
  plan,
  metrics,
  samples,
  store,
  renderReport,
}: {
  readonly plan: TrainingPlan;
  readonly metrics: MetricsLog;
  readonly samples: SampleLog;
  readonly store: RunStore;
  readonly renderReport: (report: TrainingReport) => Promise<string>;
}): TrainingHook {
  const stages = plan.stages.map(({ stage: { name, about, viewAbout }, settings: { steps } }) => ({
    name,
    about,
    viewAbout,
    steps,
  }));
  const write = async (isRunning: boolean) => {
    const page = await renderReport({
      network: plan.recipe.network,
      isRunning,
      stages,
      rows: metrics.rows,
      samples: await samples.rows(stages.map(({ name }) => name)),
      config: formatRunSettings(plan, store.place),
    });
    await store.write(reportFile, page);
  };
  return {
    async endStep(_, { isReportDue }) {
      if (isReportDue) await write(true);
    },
    async endRun(outcome) {
      // A run that failed before its first step should leave no folder.
      if (outcome !== "failed" || metrics.rows.length > 0) await write(false);
    },
  };
}
