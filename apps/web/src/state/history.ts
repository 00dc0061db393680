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
  /** Makes the current value a step once it rests: presses of a key that follow each other are one step. */
  settleSoon(): void;
  undo(): void;
  redo(): void;
}

/** Time without a change after which a value that is changed by keys becomes a step (ms). */
const restMs = 800;

/** Creates a history that begins with a value. */
export function createHistory<Value>(first: Value): History<Value> {
  const steps: Signal<readonly Value[]> = signal([first]);
  const at = signal(0);
  const now = signal(first);
  let resting: ReturnType<typeof setTimeout> | undefined;
  const goTo = (step: number) => {
    const value = steps.value[step];
    if (value === undefined) return;
    at.value = step;
    now.value = value;
  };
  const settle = (value = now.value) => {
    clearTimeout(resting);
    now.value = value;
    if (value === steps.value[at.value]) return;
    steps.value = [...steps.value.slice(0, at.value + 1), value];
    at.value += 1;
  };
  return {
    now,
    canUndo: computed(() => at.value > 0),
    canRedo: computed(() => at.value < steps.value.length - 1),
    attempt: (value) => {
      now.value = value;
    },
    settle(value) {
      // What was changed by keys just before is a step of its own.
      settle();
      if (value !== undefined) settle(value);
    },
    settleSoon() {
      clearTimeout(resting);
      resting = setTimeout(settle, restMs);
    },
    undo() {
      settle();
      goTo(at.value - 1);
    },
    redo() {
      settle();
      goTo(at.value + 1);
    },
  };
}
