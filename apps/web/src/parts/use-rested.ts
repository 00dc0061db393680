import { type ReadonlySignal, useSignal, useSignalEffect } from "@preact/signals";

/** A value that stayed so long is worth drawing where nobody looks at the moment (ms). */
const restMs = 250;

/** What a signal holds once it has come to rest: what changes many times a second is not followed. */
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
