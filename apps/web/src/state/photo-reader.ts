import type { BrowserEnhancer, BrowserPhoto } from "@kindling/browser";
import type { ReadonlySignal } from "@preact/signals";
import type { Clip } from "./clip.ts";
import { createTask, type TaskState } from "./task.ts";

/** Pixels of the picture on the screen: few enough that the light slider moves it in real time. */
const previewPixels = 1_000_000;

/** Reads a photo file into the enhancer's worker, reduced for the screen. */
export interface PhotoReader {
  /** `ready` while the worker holds the photo; `latest` stays on the page after it was released. */
  readonly state: ReadonlySignal<TaskState<BrowserPhoto>>;
  /** Reads the file; without effect while it is being read or the worker holds it. */
  readonly read: () => void;
  readonly cancel: () => void;
  /** Frees the worker's memory of the photo. */
  readonly release: () => void;
}

/** Creates the reader of a photo file, or of a clip's frame; nothing is read yet. */
export function createPhotoReader(file: File, getEnhancer: () => Promise<BrowserEnhancer>, clip?: Clip): PhotoReader {
  const { state, run, cancel, reset } = createTask<BrowserPhoto>((photo) => {
    photo.close();
    photo.view.bitmap.close();
  });
  return {
    state,
    read() {
      const { status } = state.peek();
      if (status === "working" || status === "ready") return;
      void run(async ({ signal }) => {
        return readReduced(await getEnhancer(), { file, clip }, { maxPixels: previewPixels, signal });
      });
    },
    cancel,
    release() {
      const { status, latest } = state.peek();
      if (status === "ready") latest?.close();
      reset(latest);
    },
  };
}

/** Reads a photo file, or the frame that a clip shows, reduced to a number of pixels. */
export function readReduced(
  enhancer: BrowserEnhancer,
  { file, clip }: { readonly file: File; readonly clip?: Clip | undefined },
  options: { readonly maxPixels: number; readonly signal: AbortSignal },
): Promise<BrowserPhoto> {
  return clip ? clip.read(enhancer, options) : enhancer.read(file, options);
}
