import { type ReadonlySignal, signal } from "@preact/signals";

/** Where work stands. `latest` is its last value, which stays on the page until the next one is there. */
export type TaskState<Value> =
  | { readonly status: "idle"; readonly latest: Value | undefined }
  | {
      readonly status: "working";
      /** Share that is done, 0 to 1; undefined where it is unknown. */
      readonly progress: number | undefined;
      readonly latest: Value | undefined;
    }
  | { readonly status: "ready"; readonly latest: Value }
  | { readonly status: "failed"; readonly reason: unknown; readonly latest: Value | undefined };

/** What a run is given. */
interface RunControl<Value> {
  /** Aborted when the run is cancelled; its outcome is ignored from then on. */
  readonly signal: AbortSignal;
  /** Reports the share that is done, 0 to 1. */
  readonly onProgress: (done: number) => void;
  /** Shows a value before the run ends. */
  readonly show: (value: Value) => void;
}

/** Work that can be repeated and cancelled, and a state that shows where it stands. */
export interface Task<Value> {
  readonly state: ReadonlySignal<TaskState<Value>>;
  /** Starts a run and cancels the one before; errors become the state `failed`. */
  readonly run: (work: (control: RunControl<Value>) => Promise<Value>) => Promise<void>;
  /** Cancels the run; the state is then what it was before it, or `idle` after a failure. */
  readonly cancel: () => void;
  /** Cancels the run and becomes `ready` with a value. */
  readonly finish: (value: Value) => void;
  /** Cancels the run and becomes `idle`. */
  readonly reset: (latest: Value | undefined) => void;
}

/**
 * Creates an idle task.
 *
 * @param free frees a value of a run that was replaced by the next, or that came after its run was cancelled.
 */
export function createTask<Value>(free: (value: Value) => void = () => undefined): Task<Value> {
  const state = signal<TaskState<Value>>({ status: "idle", latest: undefined });
  /** The current run, with the state to return to when it is cancelled. */
  let current: { readonly controller: AbortController; before: TaskState<Value> } | undefined;

  function stop(): void {
    current?.controller.abort();
    current = undefined;
  }

  async function run(work: (control: RunControl<Value>) => Promise<Value>): Promise<void> {
    const mine = { controller: new AbortController(), before: current?.before ?? withoutFailure(state.peek()) };
    stop();
    current = mine;
    const isCurrent = () => current === mine;
    state.value = { status: "working", progress: undefined, latest: state.peek().latest };
    try {
      const value = await work({
        signal: mine.controller.signal,
        // Progress crosses from the worker on a channel of its own: it may come after the result.
        onProgress(progress) {
          if (isCurrent()) state.value = { status: "working", progress, latest: state.peek().latest };
        },
        show(latest) {
          if (!isCurrent()) return free(latest);
          mine.before = { status: "ready", latest };
          replace({ status: "working", progress: undefined, latest });
        },
      });
      if (!isCurrent()) return free(value);
      current = undefined;
      replace({ status: "ready", latest: value });
    } catch (reason) {
      if (!isCurrent()) return;
      current = undefined;
      state.value = { status: "failed", reason, latest: state.peek().latest };
    }
  }

  function replace(next: TaskState<Value>): void {
    const { latest } = state.peek();
    if (latest !== undefined) free(latest);
    state.value = next;
  }

  return {
    state,
    run,
    cancel() {
      if (!current) return;
      const { before } = current;
      stop();
      state.value = before;
    },
    finish(latest) {
      stop();
      state.value = { status: "ready", latest };
    },
    reset(latest) {
      stop();
      state.value = { status: "idle", latest };
    },
  };
}

function withoutFailure<Value>(state: TaskState<Value>): TaskState<Value> {
  return state.status === "failed" ? { status: "idle", latest: state.latest } : state;
}
