import type { BrowserPhoto, BrowserScene } from "@kindling/browser";
import type { ReadonlySignal } from "@preact/signals";
import type { SceneFacts } from "./light-options.ts";
import { createTask, type TaskState } from "./task.ts";

/** A photo analysed with one method. */
export interface Analysis {
  /** Name of the method; undefined for the enhancer's default. */
  readonly method: string | undefined;
  readonly facts: SceneFacts;
  /** The analysed photo in the worker; undefined once it was released. */
  readonly scene: BrowserScene | undefined;
  /** Duration of the analysis (ms). */
  readonly durationMs: number;
}

/** Analyses a photo once with each method that is chosen for it. */
export interface PhotoAnalyser {
  /** `latest` is the analysis to light from; after `release` only its facts are left. */
  readonly state: ReadonlySignal<TaskState<Analysis>>;
  /**
   * Analyses the photo, or takes the earlier analysis of this method; cancels an analysis that is not finished.
   *
   * @param method its name; undefined for the enhancer's default.
   */
  readonly analyse: (photo: BrowserPhoto, method: string | undefined) => void;
  readonly cancel: () => void;
  /** Frees the worker's memory of all analyses. */
  readonly release: () => void;
}

/** Creates an analyser without analyses. */
export function createPhotoAnalyser(): PhotoAnalyser {
  const { state, run, cancel, finish, reset } = createTask<Analysis>();
  const analyses = new Map<string | undefined, Analysis>();
  return {
    state,
    analyse(photo, method) {
      const known = analyses.get(method);
      if (known) return finish(known);
      void run(async ({ signal, onProgress }) => {
        onProgress(0);
        const begun = performance.now();
        const scene = await photo.analyse({ method, signal, onProgress });
        const analysis = { method, facts: scene, scene, durationMs: performance.now() - begun };
        // Not freed by the task: analyses that are replaced on the page stay open for the next change of the method.
        if (signal.aborted) scene.close();
        else analyses.set(method, analysis);
        return analysis;
      });
    },
    cancel,
    release() {
      for (const { scene } of analyses.values()) scene?.close();
      analyses.clear();
      const { latest } = state.peek();
      reset(latest && { ...latest, scene: undefined });
    },
  };
}
