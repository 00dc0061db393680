import { throwIfCancelled } from "./throw-if-cancelled.ts";

/**
 * Long work cut into short steps: a generator that yields how much is done, 0 to 1, and returns the result.
 *
 * Written once, it runs to its end in one go (`finish`) or shares the thread, reports progress and can be
 * cancelled between two steps (`follow`).
 */
export type Steps<Result> = Generator<number, Result, void>;

/** How to follow long work. */
export interface FollowOptions {
  /** Raise it to cancel; the call then fails with the code `cancelled`. */
  readonly signal?: AbortSignal | undefined;
  /** Told the share that is done, 0 to 1, after each step. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

/** Longest time the thread is kept before events are let in: one frame of a 60 Hz display. */
const maxBusyMs = 16;

/** Runs all steps in one go and gives their result. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
  }
}

/**
 * Runs the steps, letting the event loop turn at least once a frame.
 *
 * @throws {KindlingError} `cancelled` once the signal is raised; the work done so far is dropped.
 */
export async function follow<Result>(steps: Steps<Result>, options: FollowOptions = {}): Promise<Result> {
  let turnedAt = performance.now();
  for (;;) {
    throwIfCancelled(options.signal);
    const next = steps.next();
    if (next.done) return next.value;
    options.onProgress?.(next.value);
    if (performance.now() - turnedAt >= maxBusyMs) {
      await nextTurn();
      turnedAt = performance.now();
    }
  }
}

/** Runs `steps` as the part from `from` to `to` of a longer piece of work, with its progress scaled to that part. */
export function* within<Result>(from: number, to: number, steps: Steps<Result>): Steps<Result> {
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
    yield from + (to - from) * next.value;
  }
}

/** A full turn of the event loop, which lets events in: a resolved promise alone would starve timers and input. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

/** The same options for the part from `from` to `to` of a longer piece of work, with its progress scaled to that part. */
export function progressWithin(from: number, to: number, { signal, onProgress }: FollowOptions): FollowOptions {
  return { signal, onProgress: onProgress && ((done) => onProgress(from + (to - from) * done)) };
}
