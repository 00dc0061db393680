import type { BrowserPhoto, View } from "@kindling/browser";
import type { ReadonlySignal } from "@preact/signals";
import { createTask, type TaskState } from "./task.ts";

/** The method of previews: quick, and gentle enough that what follows does not look like another photo. */
const quickMethod = "gamma";

/** Lights a photo quickly while a slower method works on it. */
export interface PhotoPreviewer {
  readonly state: ReadonlySignal<TaskState<View>>;
  readonly preview: (photo: BrowserPhoto) => void;
  /** Stops the work; what was shown stays until `clear`. */
  readonly cancel: () => void;
  readonly clear: () => void;
}

/** Creates a previewer without a picture. */
export function createPhotoPreviewer(): PhotoPreviewer {
  const { state, run, cancel, reset } = createTask<View>(({ bitmap }) => bitmap.close());
  return {
    state,
    preview(photo) {
      void run(async ({ signal }) => {
        const scene = await photo.analyse({ method: quickMethod, signal });
        try {
          return await scene.relight({ signal });
        } finally {
          scene.close();
        }
      });
    },
    cancel,
    clear() {
      state.peek().latest?.bitmap.close();
      reset(undefined);
    },
  };
}
