import { type ReadonlySignal, useSignal, useSignalEffect } from "@preact/signals";

/** Time without a change after which a value counts as rested (ms). */
const restMs = 250;

/** Follows a signal with a delay, so that many changes a second cause one render. */
export function useRested<Value>(signal: ReadonlySignal<Value>): Value {
  const rested = useSignal(signal.peek());
  useSignalEffect(() => {
    const { value } = signal;
    const waiting = setTimeout(() => {
      rested.value = value;
    }, restMs);
    return () => clearTimeout(waiting);
  });
  return rested.value;
}
