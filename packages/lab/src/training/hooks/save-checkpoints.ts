import { checkpointFile, joinTensors, writeCheckpoint } from "../checkpoint.ts";
import type { MetricsLog } from "../metrics-log.ts";
import { type OpenStage, requireFinite } from "../open-stage.ts";
import { formatRunSettings, settingsFile } from "../run-settings.ts";
import type { RunStore } from "../run-store.ts";
import type { TrainingEvent } from "../training-event.ts";
import type { TrainingHook } from "../training-hook.ts";
import type { TrainingPlan } from "../training-plan.ts";

/** Saves settings and checkpoint when a stage begins, a checkpoint every few minutes, and one when the stage ends. */
export function saveCheckpoints({
  plan,
  metrics,
  store,
  report,
  isExtended,
}: {
  readonly plan: TrainingPlan;
  readonly metrics: MetricsLog;
  readonly store: RunStore;
  readonly report: (event: TrainingEvent) => void;
  /** Whether the plan has more steps than the run's settings file. */
  readonly isExtended: boolean;
}): TrainingHook {
  const everyMs = plan.options.checkpointMinutes * 60_000;
  let savedAt = 0;
  const saveSettings = () => store.write(settingsFile, formatRunSettings(plan, store.place));
  const save = async (stage: OpenStage) => {
    const state = await stage.readState();
    requireFinite(stage, Object.fromEntries(state), "the tensor", store);
    // Rows first, so that a resumed run finds all rows up to its checkpoint.
    await metrics.flush();
    const tensors = joinTensors(stage.weights, state);
    await writeCheckpoint(store, { stage: stage.index, step: stage.taken, tensors });
    stage.saved = stage.taken;
    savedAt = performance.now();
    report({ event: "saved", stage: stage.stage.name, step: stage.taken, file: store.locate(checkpointFile) });
  };
  return {
    async beginRun() {
      if (isExtended) await saveSettings();
    },
    async beginStage(stage) {
      savedAt = performance.now();
      if (stage.isResumed) return;
      // So that a run can be resumed however early it stops.
      await saveSettings();
      await save(stage);
    },
    async endStep(stage) {
      if (performance.now() - savedAt >= everyMs) await save(stage);
    },
    async endStage(stage) {
      if (stage.saved !== stage.taken) await save(stage);
    },
  };
}
