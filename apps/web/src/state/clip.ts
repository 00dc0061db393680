import type { BrowserEnhancer, BrowserPhoto, BrowserVideo } from "@kindling/browser";
import { type Signal, signal } from "@preact/signals";

/** A video on the page, of which one frame is shown as a photo. */
export interface Clip {
  /** Time of the frame that is shown (s). */
  readonly seconds: Signal<number>;
  /** The video as it was opened last; undefined before. */
  readonly video: Signal<BrowserVideo | undefined>;
  /** Reads the frame that is shown. */
  readonly read: (
    enhancer: BrowserEnhancer,
    options: { readonly maxPixels: number; readonly signal?: AbortSignal },
  ) => Promise<BrowserPhoto>;
  readonly close: () => void;
}

/** Creates the clip of a video file; nothing is read yet. */
export function createClip(file: File): Clip {
  const seconds = signal(0);
  const video = signal<BrowserVideo | undefined>(undefined);
  // A worker that ended takes its videos along.
  let opened: { readonly enhancer: BrowserEnhancer; readonly video: Promise<BrowserVideo> } | undefined;

  async function open(enhancer: BrowserEnhancer): Promise<BrowserVideo> {
    if (opened?.enhancer !== enhancer) opened = { enhancer, video: enhancer.openVideo(file) };
    const mine = opened;
    try {
      video.value = await mine.video;
      return await mine.video;
    } catch (error) {
      if (opened === mine) opened = undefined;
      throw error;
    }
  }

  return {
    seconds,
    video,
    read: async (enhancer, options) => (await open(enhancer)).frame({ seconds: seconds.peek(), ...options }),
    close() {
      void opened?.video.then(({ close }) => close()).catch(() => undefined);
      opened = undefined;
    },
  };
}
