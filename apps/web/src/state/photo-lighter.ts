import type { BrowserScene, LightOptions, View } from "@kindling/browser";
import type { ReadonlySignal } from "@preact/signals";
import { createTask, type TaskState } from "./task.ts";

/** A lit picture and the scene that it was made from. */
export interface LitView {
  readonly view: View;
  readonly scene: BrowserScene;
}

/** Lights analysed photos. */
export interface PhotoLighter {
  readonly state: ReadonlySignal<TaskState<LitView>>;
  /** Lights a scene; of the calls made while a picture is computed only the last is carried out. */
  readonly light: (scene: BrowserScene, options: LightOptions) => void;
  readonly cancel: () => void;
}

/** Creates a lighter without a picture. */
export function createPhotoLighter(): PhotoLighter {
  const { state, run, cancel } = createTask<LitView>(({ view }) => view.bitmap.close());
  let waiting: { readonly scene: BrowserScene; readonly options: LightOptions } | undefined;
  return {
    state,
    light(scene, options) {
      if (state.peek().status === "working") {
        waiting = { scene, options };
        return;
      }
      waiting = undefined;
      void run(async ({ signal, show }) => {
        let lit = { view: await scene.relight({ ...options, signal }), scene };
        while (waiting && !signal.aborted) {
          const next = waiting;
          waiting = undefined;
          show(lit);
          lit = { view: await next.scene.relight({ ...next.options, signal }), scene: next.scene };
        }
        return lit;
      });
    },
    cancel,
  };
}
