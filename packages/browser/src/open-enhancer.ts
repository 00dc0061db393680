import { KindlingError } from "@kindling/core";
import * as comlink from "comlink";
import type {
  LightOptions,
  MapViews,
  MethodSummary,
  Outcome,
  PhotoSummary,
  ReadOptions,
  SavedPhoto,
  SaveOptions,
  SceneOptions,
  SceneSummary,
  View,
  WorkerApi,
  WorkerSettings,
} from "./worker/worker-api.ts";

/** How long work is followed and cancelled. */
export interface CallOptions {
  /** Raise it to cancel; the call then fails with the code `cancelled`. */
  readonly signal?: AbortSignal | undefined;
  /** Told the share that is done, 0 to 1. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

/** What to open an enhancer with. */
export interface BrowserEnhancerOptions extends WorkerSettings {
  /** The worker to use, for setups that bundle workers in a way of their own; Kindling's own if not given. */
  readonly worker?: Worker | undefined;
  /** Raise it to close the enhancer, also while it is being opened. */
  readonly signal?: AbortSignal | undefined;
}

/** A photo that was read, waiting in the worker. */
export interface BrowserPhoto extends Omit<PhotoSummary, "id"> {
  /**
   * Does the expensive part of a method's work once.
   *
   * @throws {KindlingError} `invalid-option` for an unknown method; `cancelled`; what loading a network throws.
   */
  analyse(options?: SceneOptions & CallOptions): Promise<BrowserScene>;
  /** Frees its memory. Scenes made from it stay. */
  close(): void;
}

/** An analysed photo, to be lit as often as one likes. */
export interface BrowserScene extends Omit<SceneSummary, "id"> {
  /**
   * The photo at a light level, for the screen.
   *
   * @throws {KindlingError} `invalid-option` for a light outside 0 to 5; `cancelled`.
   */
  relight(options?: LightOptions & CallOptions): Promise<View>;
  /**
   * The photo's reflectance and illumination, for the screen.
   *
   * @throws {KindlingError} `unsupported` where the method has none.
   */
  maps(options?: CallOptions): Promise<MapViews>;
  /**
   * The photo at a light level as a file, its metadata and colour profile kept.
   *
   * @throws {KindlingError} `invalid-option`; `unsupported` for a format that this browser does not write; `cancelled`.
   */
  save(options?: SaveOptions & CallOptions): Promise<SavedPhoto>;
  /** Frees its memory. */
  close(): void;
}

/** A worker with everything needed to enhance photos. */
export interface BrowserEnhancer {
  /** The methods there are, the best first. */
  readonly methods: readonly MethodSummary[];
  /**
   * Reads a photo file into the worker.
   *
   * @throws {KindlingError} `not-a-photo`, `unsupported`, `damaged` or `too-large`, with the file's name; `cancelled`.
   */
  read(file: Blob, options?: ReadOptions & CallOptions & { readonly name?: string | undefined }): Promise<BrowserPhoto>;
  /** Ends the worker at once and frees all of its memory; calls under way fail with the code `cancelled`. */
  close(): void;
}

/**
 * Opens an enhancer in a Web Worker of its own: the page stays free while it works.
 *
 * @throws {KindlingError} `internal` where the worker's script cannot be loaded; `cancelled`.
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
  // Whoever calls sees it; that nobody does is no error.
  end.catch(() => undefined);

  function close(): void {
    if (ended.signal.aborted) return;
    worker.terminate();
    ended.abort(new KindlingError("cancelled", "The enhancer was closed before this was finished."));
  }
  closing?.addEventListener("abort", close, { signal: ended.signal });
  if (closing?.aborted) close();

  async function call<Value>(
    signal: AbortSignal | undefined,
    send: (task: number) => Promise<Outcome<Value>>,
  ): Promise<Value> {
    if (signal?.aborted) throw new KindlingError("cancelled", "Cancelled before it was finished.");
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

  const sceneOf = ({ id, ...summary }: SceneSummary): BrowserScene => ({
    ...summary,
    relight: ({ signal, onProgress: _, ...options } = {}) => call(signal, (task) => api.relight(task, id, options)),
    maps: ({ signal } = {}) => call(signal, (task) => api.maps(task, id)),
    save: ({ signal, onProgress, ...options } = {}) =>
      call(signal, (task) => api.save(task, id, options, onProgress && comlink.proxy(onProgress))),
    close: () => void api.close(id),
  });

  return {
    methods: await call(undefined, () => api.setUp(settings)),
    async read(file, { name = nameOf(file), signal, onProgress: _, ...options } = {}) {
      const { id, ...summary } = await call(signal, (task) => api.read(task, file, name, options));
      return {
        ...summary,
        analyse: async ({ signal: cancelling, onProgress, ...wanted } = {}) =>
          sceneOf(
            await call(cancelling, (task) => api.analyse(task, id, wanted, onProgress && comlink.proxy(onProgress))),
          ),
        close: () => void api.close(id),
      };
    },
    close,
  };
}

function nameOf(file: Blob): string {
  return file instanceof File ? file.name : "The photo";
}
