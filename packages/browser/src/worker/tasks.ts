import { KindlingError } from "@kindling/core";
import type { Outcome } from "./worker-api.ts";

/** Running calls, each with the signal that cancels it. */
export interface Tasks {
  /** Runs work under a number that cancels it; the promise never rejects, errors are part of the outcome. */
  run<Value>(task: number, work: (signal: AbortSignal) => Promise<Value>): Promise<Outcome<Value>>;
  /** Aborts the signal of a running task. */
  cancel(task: number): void;
}

/** Creates an empty list of running calls. */
export function createTasks(): Tasks {
  const running = new Map<number, AbortController>();
  return {
    async run(task, work) {
      const controller = new AbortController();
      running.set(task, controller);
      try {
        return { value: await work(controller.signal) };
      } catch (error) {
        return { error: describeError(error) };
      } finally {
        running.delete(task);
      }
    },
    cancel: (task) => running.get(task)?.abort(),
  };
}

function describeError(error: unknown): Pick<KindlingError, "code" | "message"> {
  if (error instanceof KindlingError) return { code: error.code, message: error.message };
  const reason = error instanceof Error ? error.message : String(error);
  // Browsers word it differently; all of them name the array or the allocation.
  if (error instanceof RangeError || /allocat|memory/i.test(reason)) {
    const message = `The browser has not enough memory for this photo (${reason}). Close other tabs, or make the photo smaller.`;
    return { code: "out-of-memory", message };
  }
  return { code: "internal", message: `Unexpected error (${reason}). Load the page again.` };
}
