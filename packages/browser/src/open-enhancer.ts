import { type FollowOptions, KindlingError } from "@kindling/core";
import * as comlink from "comlink";
import { withResultName } from "./video/result-lock.ts";
import type {
  EnhanceFileOptions,
  LightOptions,
  MapViews,
  MethodSummary,
  Outcome,
  PhotoSummary,
  ReadOptions,
  SavedPhoto,
  SaveOptions,
  SaveVideoOptions,
  SceneOptions,
  SceneSummary,
  VideoResult,
  VideoSummary,
  View,
  WorkerApi,
  WorkerSettings,
} from "./worker/worker-api.ts";

/** How an enhancer is opened. */
export interface BrowserEnhancerOptions extends WorkerSettings {
  /** Worker to use, for setups that bundle workers themselves; default: Kindling's own. */
  readonly worker?: Worker | undefined;
  /** Aborting it closes the enhancer, also while it is being opened. */
  readonly signal?: AbortSignal | undefined;
}

/** A photo held in the worker. */
export interface BrowserPhoto extends Omit<PhotoSummary, "id"> {
  /**
   * Runs the expensive part of a method once.
   *
   * @throws {KindlingError} `invalid-option` for an unknown method; `cancelled`; what loading a network throws.
   */
  analyse(options?: SceneOptions & FollowOptions): Promise<BrowserScene>;
  /** Frees its memory; scenes made from it stay open. */
  close(): void;
}

/** A saved video. */
export interface SavedVideo extends VideoResult {
  /** Lets the browser take the file away at the next video: it is on the disk, in the storage of the page's origin. */
  close(): void;
}

/** A video held in the worker. */
export interface BrowserVideo extends Omit<VideoSummary, "id"> {
  /**
   * Reads one frame as a photo, to choose method and light by.
   *
   * @param options the time (s), the first frame if not given, and how large the frame is at most.
   * @throws {KindlingError} `damaged`; `cancelled`.
   */
  frame(
    options?: Pick<ReadOptions, "maxPixels"> & FollowOptions & { readonly seconds?: number | undefined },
  ): Promise<BrowserPhoto>;
  /**
   * Lights the whole video without flicker, as `kindling enhance` does, and writes it with its times and sound. Memory does not
   * grow with its length. Colours are 8 bits of sRGB; subtitles are left out.
   *
   * @throws {KindlingError} `unsupported` where the browser encodes no codec of the container; `damaged`; `disk-full`;
   * `invalid-option`; `cancelled`.
   */
  save(
    options?: SaveVideoOptions & {
      readonly signal?: AbortSignal | undefined;
      /** Told the share that is done, 0 to 1, and the number of frames that are lit. */
      readonly onProgress?: ((done: number, frames: number) => void) | undefined;
    },
  ): Promise<SavedVideo>;
  /** Frees its memory. */
  close(): void;
}

/** An analysed photo, held in the worker; it can be relit any number of times. */
export interface BrowserScene extends Omit<SceneSummary, "id"> {
  /**
   * Lights the photo for the screen.
   *
   * @throws {KindlingError} `invalid-option` for a light outside `minLight` to `maxLight`, or a strength outside 0 to 1 or that
   * the method does not have; `cancelled`.
   */
  relight(options?: LightOptions & FollowOptions): Promise<View>;
  /**
   * Shows the photo's reflectance and illumination.
   *
   * @throws {KindlingError} `unsupported` where the method has no maps.
   */
  maps(options?: FollowOptions): Promise<MapViews>;
  /**
   * Lights the photo and writes it to a file with its metadata and colour profile.
   *
   * @throws {KindlingError} `invalid-option`; `not-found` where the encoder of a format that the browser does not write could
   * not be fetched; `cancelled`.
   */
  save(options?: SaveOptions & FollowOptions): Promise<SavedPhoto>;
  /**
   * Estimates the size of the file that `save` would write (bytes), from small ones.
   *
   * @param pixels of that file; the scene may be of a reduced photo.
   */
  estimate(options: SaveOptions & FollowOptions, pixels: number): Promise<number>;
  /** Frees its memory. */
  close(): void;
}

/** Enhances photos in a Web Worker. */
export interface BrowserEnhancer {
  /** All methods, the default first. */
  readonly methods: readonly MethodSummary[];
  /**
   * Reads a photo file, lights it at full size and writes the result, in less memory than `read`, `analyse` and `save`: nothing
   * is kept.
   *
   * @throws {KindlingError} what these throw.
   */
  enhance(
    file: Blob,
    options?: EnhanceFileOptions & FollowOptions & { readonly name?: string | undefined },
  ): Promise<SavedPhoto>;
  /**
   * Looks at the beginning of a file: whether it is a photo that can be read. Only `read` shows damage further on.
   *
   * @throws {KindlingError} `not-a-photo`, `unsupported`, `damaged` or `too-large`, with the file's name; `cancelled`.
   */
  check(file: Blob, options?: FollowOptions & { readonly name?: string | undefined }): Promise<void>;
  /**
   * Reads a photo file into the worker.
   *
   * @throws {KindlingError} `not-a-photo`, `unsupported`, `damaged` or `too-large`, with the file's name; `cancelled`.
   */
  read(
    file: Blob,
    options?: ReadOptions & FollowOptions & { readonly name?: string | undefined },
  ): Promise<BrowserPhoto>;
  /**
   * Opens a video: its header is read, frames are decoded when they are asked for.
   *
   * @throws {KindlingError} `unsupported` where the browser lacks WebCodecs or does not decode the codec; `not-a-photo` for a
   * file without a moving picture; `damaged`; `cancelled`.
   */
  openVideo(file: Blob, options?: FollowOptions & { readonly name?: string | undefined }): Promise<BrowserVideo>;
  /** Ends the worker at once and frees all of its memory; calls under way fail with the code `cancelled`. */
  close(): void;
}

/**
 * Opens an enhancer in a Web Worker of its own, so that the page stays responsive.
 *
 * @throws {KindlingError} `internal` where the worker's script cannot be loaded; `cancelled`.
 * @example
 * const enhancer = await openEnhancer({ modelsUrl: "/models/" });
 * const photo = await enhancer.read(photoFile, { maxPixels: 1_000_000 });
 * const scene = await photo.analyse({ method: "kind" });
 * const { bitmap } = await scene.relight({ light: 2 });
 * document.querySelector("canvas")?.getContext("bitmaprenderer")?.transferFromImageBitmap(bitmap);
 */
export async function openEnhancer({
  worker: given,
  signal: closing,
  ...settings
}: BrowserEnhancerOptions = {}): Promise<BrowserEnhancer> {
  const worker = given ?? new Worker(new URL("./worker/worker.js", import.meta.url), { type: "module" });
  const api = comlink.wrap<WorkerApi>(worker);
  let lastTask = 0;
  const ended = new AbortController();
  const end = new Promise<never>((_, reject) => {
    ended.signal.addEventListener("abort", () => reject(ended.signal.reason));
    worker.addEventListener("error", (event) => {
      const message = `The worker cannot run (${event.message || "its script was not found"}). Load the page again.`;
      reject(new KindlingError("internal", message));
    });
  });
  // Calls in progress reject with it; without one it must not count as unhandled.
  end.catch(() => undefined);

  function close(): void {
    if (ended.signal.aborted) return;
    worker.terminate();
    ended.abort(new KindlingError("cancelled", "The enhancer was closed during this call."));
  }
  closing?.addEventListener("abort", close, { signal: ended.signal });
  if (closing?.aborted) close();

  async function call<Value>(
    signal: AbortSignal | undefined,
    send: (task: number) => Promise<Outcome<Value>>,
  ): Promise<Value> {
    if (signal?.aborted) throw new KindlingError("cancelled", "The call was cancelled before it began.");
    const task = ++lastTask;
    const cancel = () => void api.cancel(task);
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      const outcome = await Promise.race([send(task), end]);
      if ("error" in outcome) throw new KindlingError(outcome.error.code, outcome.error.message);
      return outcome.value;
    } finally {
      signal?.removeEventListener("abort", cancel);
    }
  }

  const openRead = ({ id, ...summary }: PhotoSummary): BrowserPhoto => ({
    ...summary,
    analyse: async ({ signal: cancelling, onProgress, ...wanted } = {}) =>
      openScene(
        await call(cancelling, (task) => api.analyse(task, id, wanted, onProgress && comlink.proxy(onProgress))),
      ),
    close: () => void api.close(id),
  });

  const openScene = ({ id, ...summary }: SceneSummary): BrowserScene => ({
    ...summary,
    relight: ({ signal, onProgress: _, ...options } = {}) => call(signal, (task) => api.relight(task, id, options)),
    maps: ({ signal } = {}) => call(signal, (task) => api.maps(task, id)),
    save: ({ signal, onProgress, ...options } = {}) =>
      call(signal, (task) => api.save(task, id, options, onProgress && comlink.proxy(onProgress))),
    estimate: ({ signal, onProgress: _, ...options }, pixels) =>
      call(signal, (task) => api.estimate(task, id, options, pixels)),
    close: () => void api.close(id),
  });

  return {
    methods: await call(undefined, () => api.setUp(settings)),
    check: (file, { name = chooseName(file), signal } = {}) => call(signal, (task) => api.check(task, file, name)),
    enhance: (file, { name = chooseName(file), signal, onProgress, ...options } = {}) =>
      call(signal, (task) => api.enhance(task, file, name, options, onProgress && comlink.proxy(onProgress))),
    async read(file, { name = chooseName(file), signal, onProgress: _, ...options } = {}) {
      return openRead(await call(signal, (task) => api.read(task, file, name, options)));
    },
    async openVideo(file, { name = chooseName(file), signal } = {}) {
      const { id, ...summary } = await call(signal, (task) => api.openVideo(task, file, name));
      return {
        ...summary,
        frame: async ({ seconds = summary.start, signal: cancelling, onProgress: _, ...options } = {}) =>
          openRead(await call(cancelling, (task) => api.videoFrame(task, id, seconds, options))),
        save: ({ signal: cancelling, onProgress, ...options } = {}) =>
          withResultName((name) =>
            call(cancelling, (task) => api.saveVideo(task, id, name, options, onProgress && comlink.proxy(onProgress))),
          ),
        close: () => void api.close(id),
      };
    },
    close,
  };
}

function chooseName(file: Blob): string {
  return file instanceof File ? file.name : "The photo";
}
