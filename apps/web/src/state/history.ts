import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";

/** A value with undo and redo; values can be tried out without a step. */
export interface History<Value> {
  /** The current value, tried out or settled. */
  readonly now: ReadonlySignal<Value>;
  readonly canUndo: ReadonlySignal<boolean>;
  readonly canRedo: ReadonlySignal<boolean>;
  /** Changes the value without a step, while a slider is dragged. */
  attempt(value: Value): void;
  /** Makes the value, or the current one, a step that can be undone. */
  settle(value?: Value): void;
  undo(): void;
  redo(): void;
}

/** Creates a history that begins with a value. */
export function createHistory<Value>(first: Value): History<Value> {
  const steps: Signal<readonly Value[]> = signal([first]);
  const at = signal(0);
  const now = signal(first);
  const goTo = (step: number) => {
    const value = steps.value[step];
    if (value === undefined) return;
    at.value = step;
    now.value = value;
  };
  return {
    now,
    canUndo: computed(() => at.value > 0),
    canRedo: computed(() => at.value < steps.value.length - 1),
    attempt: (value) => {
      now.value = value;
    },
    settle(value = now.value) {
      now.value = value;
      if (value === steps.value[at.value]) return;
      steps.value = [...steps.value.slice(0, at.value + 1), value];
      at.value += 1;
    },
    undo: () => goTo(at.value - 1),
    redo: () => goTo(at.value + 1),
  };
}
