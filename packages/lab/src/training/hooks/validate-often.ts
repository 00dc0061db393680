import type { Runtime } from "@kindling/core";
import type { SampleLog } from "../sample-log.ts";
import { settleWeights } from "../stage-tensors.ts";
import type { TrainingEvent } from "../training-event.ts";
import type { TrainingHook } from "../training-hook.ts";
import type { TrainingPlan } from "../training-plan.ts";
import { type ValidationPair, validate } from "../validation.ts";

/** Measures the stage on the validation pairs whenever a report is due, and adds the columns `validation-…`. */
export function validateOften({
  plan,
  pairs,
  samples,
  runtime,
  report,
}: {
  readonly plan: TrainingPlan;
  readonly pairs: readonly ValidationPair[];
  readonly samples: SampleLog;
  readonly runtime: Runtime;
  readonly report: (event: TrainingEvent) => void;
}): TrainingHook {
  const { device, threads } = plan.options;
  const isOfTrained = pairs.some(({ isTrainedOn }) => isTrainedOn);
  return {
    async endStep({ stage, weights, readState, taken: step }, { isReportDue, row }) {
      if (!isReportDue) return;
      const { results, ...means } = await validate(runtime, stage, settleWeights(weights, await readState()), pairs, {
        device,
        threads,
        settings: plan.settings,
      });
      await samples.add(stage.name, step, results);
      for (const [name, value] of Object.entries(means)) row[`validation-${name}`] = value;
      const { psnr, ssim, "gt-mean-psnr": gtMeanPsnr } = means;
      report({ event: "validated", stage: stage.name, step, psnr, ssim, gtMeanPsnr, isOfTrained });
    },
  };
}
