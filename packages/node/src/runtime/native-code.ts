import { setTimeout as wait } from "node:timers/promises";
import { KindlingError } from "@kindling/core";

/**
 * Says whether a thread may be stopped, shared between it and who stops it. Two moments end the whole process instead:
 * ONNX Runtime's binding at work, which throws a C++ error where Node takes none any more, and Node 20 itself while the
 * thread loads modules.
 */
export type NativeState = Int32Array<SharedArrayBuffer>;

const stoppable = 0;
const inside = 1;
const stopped = 2;
const loading = 3;

/** Longest wait for a thread that loads its modules, in milliseconds; one that never says that it has begun may hang. */
const loadMs = 5000;

/** Milliseconds between two looks whether a thread may be stopped. */
const lookMs = 10;

/** The state of this thread; where nobody stops it, one that nobody else sees. */
let current: NativeState = new Int32Array(new SharedArrayBuffer(4));
let depth = 0;

/** A state for one job of a thread, which may have to load its modules first. */
export function createNativeState(): NativeState {
  const state = new Int32Array(new SharedArrayBuffer(4));
  Atomics.store(state, 0, loading);
  return state;
}

/** Lets others know from now on when this thread may be stopped. For who is not in native code. */
export function shareNativeState(state: NativeState): void {
  current = state;
  depth = 0;
  Atomics.store(state, 0, stoppable);
}

/** Notes that the thread has ended its job, or died. */
export function endNativeState(state: NativeState): void {
  Atomics.store(state, 0, stoppable);
}

/**
 * Does work in native code, during which this thread is not stopped.
 *
 * @throws {KindlingError} `cancelled` where the thread is about to be stopped.
 */
export async function inNativeCode<Result>(work: () => Promise<Result>): Promise<Result> {
  const state = current;
  if (depth === 0 && Atomics.compareExchange(state, 0, stoppable, inside) === stopped) {
    throw new KindlingError("cancelled", "This thread is being stopped.");
  }
  depth++;
  try {
    return await work();
  } finally {
    depth--;
    if (depth === 0) Atomics.store(state, 0, stoppable);
  }
}

/** Waits until a thread may be stopped, and keeps it out of native code from then on. */
export async function keepOutOfNativeCode(state: NativeState): Promise<void> {
  const end = performance.now() + loadMs;
  for (;;) {
    const found = Atomics.compareExchange(state, 0, stoppable, stopped);
    if (found !== inside && (found !== loading || performance.now() > end)) return;
    await wait(lookMs);
  }
}
