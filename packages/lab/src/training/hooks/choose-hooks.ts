import { MetricsLog } from "../metrics-log.ts";
import { SampleLog } from "../sample-log.ts";
import type { TrainingHook } from "../training-hook.ts";
import type { TrainingPlan } from "../training-plan.ts";
import type { TrainingSetting } from "../training-setting.ts";
import type { ValidationPair } from "../validation.ts";
import { measureTime } from "./measure-time.ts";
import { recordMetrics } from "./record-metrics.ts";
import { saveCheckpoints } from "./save-checkpoints.ts";
import { validateOften } from "./validate-often.ts";
import { writeNetworks } from "./write-networks.ts";
import { writeReports } from "./write-reports.ts";

/** Lists the hooks of a training: each after those whose results it uses, the caller's own last. */
export function chooseHooks(
  plan: TrainingPlan,
  pairs: readonly ValidationPair[],
  { store, photos, runtime, extend, renderReport, report = () => undefined, hooks = [] }: TrainingSetting,
): TrainingHook[] {
  const metrics = new MetricsLog(store);
  const samples = new SampleLog(store, photos, pairs);
  return [
    measureTime(report),
    ...(pairs.length > 0 ? [validateOften({ plan, pairs, samples, runtime, report })] : []),
    recordMetrics(plan, metrics),
    ...(renderReport ? [writeReports({ plan, metrics, samples, store, renderReport })] : []),
    saveCheckpoints({ plan, metrics, store, report, isExtended: extend !== undefined }),
    writeNetworks({ plan, store, report }),
    ...hooks,
  ];
}
