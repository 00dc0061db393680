import { geometryOfFrame } from "@kindling/browser";
import { effect, signal, untracked } from "@preact/signals";
import { saveSide } from "./save-options.ts";
import { current } from "./studio.ts";
import { deriveSaveOptions } from "./write-result.ts";

/** Size in pixels and estimated bytes (0: unknown) of the file that saving would write; undefined while neither is known. */
export const fileEstimate = signal<
  { readonly width: number; readonly height: number; readonly bytes: number } | undefined
>(undefined);

/** Time without a change after which it is estimated (ms). */
const restMs = 500;

/** Estimates the file whenever settings and options rest. */
export function estimateWhenIdle(): void {
  let stopping = new AbortController();
  effect(() => {
    const photo = current.value;
    const isReady = photo?.activity.value === "ready" && !photo.clip;
    const options = photo && deriveSaveOptions(photo);
    untracked(() => {
      stopping.abort();
      stopping = new AbortController();
      const { signal } = stopping;
      const [shown, scene] = [photo?.photo.peek(), photo?.scene.peek()];
      fileEstimate.value = undefined;
      if (!isReady || !shown || !scene || !options?.frame) return;
      const framed = geometryOfFrame(options.frame, shown.originalSize);
      const scale = Math.min(1, (saveSide.peek() || Number.POSITIVE_INFINITY) / Math.max(framed.width, framed.height));
      const [width, height] = [Math.round(framed.width * scale), Math.round(framed.height * scale)];
      setTimeout(async () => {
        if (signal.aborted) return;
        const { maxSidePx: _, ...wanted } = options;
        // AVIF is written so slowly that the slider would wait for it.
        const isSlow = (wanted.format ?? shown.format) === "avif";
        const bytes = isSlow ? 0 : await scene.estimate({ ...wanted, signal }, width * height).catch(() => 0);
        if (!signal.aborted) fileEstimate.value = { width, height, bytes };
      }, restMs);
    });
  });
}
