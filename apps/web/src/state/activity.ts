import type { Analysis } from "./photo-analyser.ts";
import type { LitView } from "./photo-lighter.ts";
import type { TaskState } from "./task.ts";

/**
 * What the page does for a photo at the moment. `idle` has no result to show: before the first, and after a
 * cancellation. The first light of a new analysis counts as part of it.
 */
export type Activity = "idle" | "reading" | "analysing" | "ready" | "failed";

/** States of what is done for a photo, in the order in which it is done. */
export interface PhotoTasks {
  readonly reading: TaskState<unknown>;
  readonly analysing: TaskState<Analysis>;
  readonly lighting: TaskState<LitView>;
}

/** Derives the activity from the states: the first task that works, else a failure, else whether there is a result. */
export function deriveActivity({ reading, analysing, lighting }: PhotoTasks): Activity {
  const isLitAnew = lighting.latest?.scene !== analysing.latest?.scene;
  if (reading.status === "working") return "reading";
  if (analysing.status === "working" || (lighting.status === "working" && isLitAnew)) return "analysing";
  if (findFailure({ reading, analysing, lighting })) return "failed";
  return lighting.latest ? "ready" : "idle";
}

/** Derives the share of the activity that is done, 0 to 1; undefined where it is unknown. */
export function deriveProgress({ reading, analysing, lighting }: PhotoTasks): number | undefined {
  if (reading.status === "working") return reading.progress;
  if (analysing.status === "working") return analysing.progress;
  return lighting.status === "working" ? 1 : undefined;
}

/** Finds the first task that failed. */
export function findFailure({ reading, analysing, lighting }: PhotoTasks): { readonly reason: unknown } | undefined {
  for (const task of [reading, analysing, lighting]) if (task.status === "failed") return task;
  return undefined;
}
