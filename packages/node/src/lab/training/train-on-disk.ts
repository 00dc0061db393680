import { availableParallelism } from "node:os";
import { KindlingError } from "@kindling/core";
import { planTraining, type System, type TrainingOptions, type TrainingSetting, train } from "@kindling/lab";
import { checkpointFile, planResumedTraining, trainingPage } from "@kindling/lab/internal";
import { createRuntime } from "../../runtime/runtime.ts";
import { version } from "../../version.ts";
import { readPageScripts } from "../pages/read-page-scripts.ts";
import { diskPhotos } from "./disk-photos.ts";
import { openRunFolder } from "./open-run-folder.ts";
import { readPerceptualFeatures } from "./read-perceptual-features.ts";
import { readWeights } from "./read-weights.ts";
import { resolvePaths } from "./resolve-paths.ts";
import { writeTrainedModel } from "./write-trained-model.ts";

/**
 * A training on files. A resumed run takes its options from its folder: of those given here, only intervals and
 * validation pictures may differ from its own.
 */
export interface DiskTraining
  extends Partial<TrainingOptions>,
    Pick<TrainingSetting, "resume" | "extend" | "report" | "hooks" | "signal"> {
  /** The system to train. */
  readonly system: System;
  /** Folder of the run. */
  readonly out: string;
}

/**
 * Trains a system on photos on the disk. The run's folder gets settings, checkpoint, metrics, samples, report, the networks
 * as ONNX files, and a model that `openEnhancer` opens with the folder as `models`.
 *
 * @returns true when the training is complete; false where the signal stopped it, so that `resume` can continue it.
 * @throws {KindlingError} `exists` where the folder already holds a run; what `planTraining`, `planResumedTraining` and
 * `train` throw.
 * @example
 * const options = { pairs: ["lol"], validate: "val", steps: 1000 };
 * const isComplete = await trainOnDisk({ system, out: "runs/first", ...options, signal });
 */
export async function trainOnDisk(training: DiskTraining): Promise<boolean> {
  const { system, out, resume = false, extend, report, hooks = [], signal, ...options } = training;
  const store = openRunFolder(out);
  const given = resolvePaths(options);
  const plan = resume
    ? await planResumedTraining(system.recipe, given, { store, photos: diskPhotos })
    : await planTraining(system.recipe, { ...given, threads: given.threads ?? availableParallelism() }, diskPhotos);
  await requireSources(plan.options);
  if (!resume && (await diskPhotos.locate(store.locate(checkpointFile))) !== undefined) {
    throw new KindlingError(
      "exists",
      `${out}: there is a run in this folder. Continue it by --resume, or choose another --out.`,
    );
  }
  const { from, perceptual, perceptualLayer } = plan.options;
  const features = perceptual === undefined ? undefined : await readPerceptualFeatures(perceptual, perceptualLayer);
  // A checkpoint holds all weights.
  const weights = from === undefined || resume ? undefined : await readWeights(from);
  const runtime = createRuntime();
  const setting = { store, photos: diskPhotos, runtime, resume, extend, report, signal };
  try {
    return await train(plan, {
      ...setting,
      features,
      weights,
      renderReport: async (data) => trainingPage({ ...data, version }, await readPageScripts()),
      hooks: [writeTrainedModel(out, system, plan, report), ...hooks],
    });
  } finally {
    await runtime.dispose();
  }
}

/** Looks for the data first, so that a path that leads nowhere is told before anything about the run's folder. */
async function requireSources({
  pairs,
  dark,
  normal,
}: Pick<TrainingOptions, "pairs" | "dark" | "normal">): Promise<void> {
  for (const [option, sources] of Object.entries({ pairs, dark, normal })) {
    for (const source of sources) {
      if ((await diskPhotos.locate(source)) !== undefined) continue;
      throw new KindlingError("not-found", `--${option} ${source}: there is no such file or folder. Check the path.`);
    }
  }
}
