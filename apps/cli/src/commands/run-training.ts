import { trainOnDisk } from "@kindling/node/lab";
import { trainingReporter } from "../report/training-reporter.ts";
import { readTrainingRequest, type TrainWords } from "./training-request.ts";

/**
 * Trains what the command line asks for, and prints how it goes.
 *
 * @returns the exit status: 0, also where the signal stopped it and all was saved.
 * @throws {KindlingError} what `readTrainingRequest` and `trainOnDisk` throw.
 */
export async function runTraining(words: TrainWords, signal: AbortSignal): Promise<number> {
  const { options, ...request } = await readTrainingRequest(words);
  const { json, ...training } = options;
  const reporter = trainingReporter(json);
  try {
    await trainOnDisk({ ...training, ...request, report: reporter.report, signal });
    return 0;
  } finally {
    reporter.stop();
  }
}
