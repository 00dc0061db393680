import { join } from "node:path";
import type { System, TrainingHook } from "@kindling/lab";
import { checkpointFile, readTrialRecord, type TrialTrainer } from "@kindling/lab/internal";
import { openRunFolder } from "../training/open-run-folder.ts";
import { trainOnDisk } from "../training/train-on-disk.ts";

/**
 * Trains the trials of a search as runs in the folders of their names.
 *
 * @param threads of each training on the processor; a run that is continued keeps its own.
 * @param begin called once, when the data of the first training are checked.
 */
export function trialRuns(folder: string, system: System, threads: number, begin: () => Promise<void>): TrialTrainer {
  let begun: Promise<void> | undefined;
  const beginOnce: TrainingHook = {
    beginStage() {
      begun ??= begin();
      return begun;
    },
  };
  return {
    read: ({ name }) => readTrialRecord(openRunFolder(join(folder, name)), system.recipe),
    async train({ name, options }, { steps, signal, report }) {
      const out = join(folder, name);
      const isBegun = (await openRunFolder(out).read(checkpointFile)) !== undefined;
      const pausing = new AbortController();
      await trainOnDisk({
        ...(isBegun ? { resume: true } : { threads, ...options }),
        ...{ system, out },
        hooks: [beginOnce, ...(steps === undefined ? [] : [pauseAfter(steps, pausing)])],
        signal: AbortSignal.any([signal as AbortSignal, pausing.signal]),
        report: (of) => report({ event: "training", trial: name, of }),
      });
    },
  };
}

/** Stops a training once so many steps of its stage are done, unless it ends there. */
function pauseAfter(steps: number, pausing: AbortController): TrainingHook {
  return {
    endStep({ taken, settings }) {
      if (taken >= steps && taken < settings.steps) pausing.abort();
    },
  };
}
