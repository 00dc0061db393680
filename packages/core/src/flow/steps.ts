import { throwIfCancelled } from "./throw-if-cancelled.ts";

/**
 * Long work as a generator: yields its progress, 0 to 1, after each short step, and returns the result.
 *
 * `finish` runs it to its end in one go; `follow` shares the thread, reports progress and can be cancelled between
 * two steps.
 */
export type Steps<Result> = Generator<number, Result, void>;

/** How to follow long work. */
export interface FollowOptions {
  /** Abort it to cancel; the call then throws `cancelled`. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each step with the progress, 0 to 1. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

/** Longest time before the event loop gets a turn: one frame of a 60 Hz display. */
const maxBusyMs = 16;

/**
 * Runs all steps in one go and returns their result.
 *
 * @example
 * // runs
 * const enhanced = finish(findMethod("lime").enhance(dark, { gamma: 0.8 }, { levels: 255 }));
 * meanLuminance(enhanced) > 2 * meanLuminance(dark); // true
 */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
  }
}

/**
 * Runs the steps, with a turn of the event loop at least once a frame.
 *
 * @throws {KindlingError} `cancelled` once the signal is aborted; the work done so far is dropped.
 * @example
 * const steps = findMethod("lime").enhance(dark, { gamma: 0.8 }, { levels: 255 });
 * const onProgress = (done: number) => console.log(`${Math.round(100 * done)} %`);
 * const enhanced = await follow(steps, { signal, onProgress });
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

/** Waits for a full turn of the event loop: a resolved promise alone would starve timers and input. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

/**
 * The same options for the part from `from` to `to` of a longer piece of work, with its progress scaled to that part.
 */
export function progressWithin(from: number, to: number, { signal, onProgress }: FollowOptions): FollowOptions {
  return { signal, onProgress: onProgress && ((done) => onProgress(from + (to - from) * done)) };
}
