import { type DiskTraining, trainOnDisk } from "@kindling/node/lab";

/** What a validation of a short training measured: means over its pairs, in decibels but for SSIM. */
export interface BriefValidation {
  readonly step: number;
  readonly psnr: number;
  readonly ssim: number;
  readonly gtMeanPsnr: number;
}

/** Trains as part of an experiment, tells its progress under a name, and returns its validations. */
export async function trainInBrief(
  name: string,
  training: Omit<DiskTraining, "report">,
): Promise<readonly BriefValidation[]> {
  const validations: BriefValidation[] = [];
  await trainOnDisk({
    ...training,
    report: (event) => {
      if (event.event === "step" && event.step % 50 === 0)
        console.log(`  ${name}: step ${event.step} of ${event.steps}`);
      if (event.event === "validated") validations.push(event);
    },
  });
  return validations;
}
