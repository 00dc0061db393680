// The loop over the units of steps, by which threads share them. Every thread runs it with the same memory.

/** Where the counters lie: for every step how many units were taken, then how many are done. */
export const countersAt = 64;

/** Most steps that are run at once. */
export const mostSteps = 512;

/** End of the counters. */
export const countersEnd = countersAt + 8 * mostSteps;

/** What the module does of a step. */
export type RunUnit = (step: number, unit: number, scratch: number) => void;

/** A run of steps: the place of their first record, their number, and the bytes of a record. */
export interface StepRun {
  readonly first: number;
  readonly count: number;
  readonly bytes: number;
}

/** Runs steps on this thread alone. */
export function runAlone(runUnit: RunUnit, words: Int32Array, { first, count, bytes }: StepRun, scratch: number): void {
  for (let step = 0; step < count; step++) {
    const record = first + step * bytes;
    const units = words[record / 4 + 1];
    for (let unit = 0; unit < units; unit++) runUnit(record, unit, scratch);
  }
}

/**
 * Runs the units of steps that no other thread has taken, one step after the other: all units of a step are done before any of
 * the next begins. The counters must be 0 before the first thread begins.
 *
 * @example
 * const words = new Int32Array(new SharedArrayBuffer(8192));
 * runTogether((step, unit) => console.log(step, unit), words, { first: 8000, count: 1, bytes: 48 }, 0);
 */
export function runTogether(
  runUnit: RunUnit,
  words: Int32Array,
  { first, count, bytes }: StepRun,
  scratch: number,
): void {
  const [taken, done] = [countersAt / 4, countersAt / 4 + mostSteps];
  for (let step = 0; step < count; step++) {
    const record = first + step * bytes;
    const units = words[record / 4 + 1];
    for (let unit = Atomics.add(words, taken + step, 1); unit < units; unit = Atomics.add(words, taken + step, 1)) {
      try {
        runUnit(record, unit, scratch);
      } finally {
        // Of a unit that failed, too: the other threads would wait for it without end.
        if (Atomics.add(words, done + step, 1) === units - 1) Atomics.notify(words, done + step);
      }
    }
    waitFor(words, done + step, units);
  }
}

/** Looks this often before the thread sleeps: the others need about as long for their last unit. */
const looks = 2000;

function waitFor(words: Int32Array, place: number, units: number): void {
  for (let i = 0; i < looks; i++) if (Atomics.load(words, place) >= units) return;
  for (let known = Atomics.load(words, place); known < units; known = Atomics.load(words, place)) {
    Atomics.wait(words, place, known);
  }
}
