import type { BrowserEnhancer, BrowserPhoto, BrowserScene, LightOptions, View } from "@kindling/browser";
import { computed, effect, type Signal, signal, untracked } from "@preact/signals";
import { drawThumbnail } from "./draw-thumbnail.ts";
import { createHistory, type History } from "./history.ts";
import { lightOptionsOf, type SceneFacts } from "./light-options.ts";
import { firstSettings, type Settings } from "./settings.ts";

/** Pixels of the picture on the screen: few enough that the light slider moves it in real time. */
const previewPixels = 1_000_000;

/** What is done for a photo at the moment. */
type Activity = "reading" | "analysing" | "ready" | "failed" | "cancelled";

/** A photo on the page. */
export interface OpenPhoto {
  readonly id: number;
  readonly file: File;
  readonly settings: History<Settings>;
  /** Whether it is worked on and held in memory: those that nobody looks at are not. */
  readonly isAwake: Signal<boolean>;
  readonly activity: Signal<Activity>;
  /** Share of the activity that is done, 0 to 1. */
  readonly progress: Signal<number>;
  /** A small picture of it, for those not awake; nothing before it is made. */
  readonly thumbnail: Signal<ImageBitmap | undefined>;
  /** The photo as it was read; nothing before. */
  readonly photo: Signal<BrowserPhoto | undefined>;
  /** The photo lit as its settings say; nothing before the first analysis. */
  readonly result: Signal<View | undefined>;
  /** The scene behind the result; nothing while it is not awake. */
  readonly scene: Signal<BrowserScene | undefined>;
  /** What is known of the latest scene, also when it is no longer there. */
  readonly facts: Signal<SceneFacts | undefined>;
  /** How long its last analysis took (ms). */
  readonly analysisMs: Signal<number>;
  /** What went wrong. */
  readonly error: Signal<unknown>;
  /** Stops what is being done; what was there before stays. */
  cancel(): void;
  /** Begins anew after an error or a cancellation. */
  retry(): void;
  close(): void;
}

let lastId = 0;

/** Opens a photo: while it is awake it is read, analysed and lit, and again whenever its settings change. */
export function openPhoto(file: File, enhancer: () => Promise<BrowserEnhancer>, firstMethod?: string): OpenPhoto {
  const settings = createHistory(firstSettings(firstMethod));
  const isAwake = signal(false);
  const activity = signal<Activity>("reading");
  const progress = signal(0);
  const thumbnail = signal<ImageBitmap | undefined>(undefined);
  const photo = signal<BrowserPhoto | undefined>(undefined);
  const result = signal<View | undefined>(undefined);
  const scene = signal<BrowserScene | undefined>(undefined);
  const facts = signal<SceneFacts | undefined>(undefined);
  const error = signal<unknown>(undefined);
  const analysisMs = signal(0);
  const attempt = signal(0);
  const scenes = new Map<string | undefined, BrowserScene>();
  /** The photo as the worker holds it; its summary outlives it. */
  let held: BrowserPhoto | undefined;
  let working = new AbortController();

  function fail(reason: unknown, signal: AbortSignal): void {
    if (signal.aborted) return;
    error.value = reason;
    activity.value = "failed";
  }

  // Not the settings themselves: moving the light must not begin the analysis anew.
  const wantedMethod = computed(() => settings.now.value.method);
  const stopAnalysing = effect(() => {
    const method = wantedMethod.value;
    // Read to be called again by it.
    void attempt.value;
    working.abort();
    working = new AbortController();
    const { signal } = working;
    if (isAwake.value) untracked(() => void analyse(method, signal).catch((reason) => fail(reason, signal)));
    else untracked(release);
  });

  function release(): void {
    for (const made of scenes.values()) made.close();
    scenes.clear();
    scene.value = undefined;
    held?.close();
    held = undefined;
  }

  async function analyse(method: string | undefined, signal: AbortSignal): Promise<void> {
    error.value = undefined;
    held ??= await readPhoto(signal);
    if (!scenes.has(method)) {
      activity.value = "analysing";
      progress.value = 0;
      const onProgress = (done: number) => {
        progress.value = done;
      };
      const begun = performance.now();
      const made = await held.analyse({ method, signal, onProgress });
      if (signal.aborted) return made.close();
      analysisMs.value = performance.now() - begun;
      scenes.set(method, made);
    }
    scene.value = scenes.get(method);
    facts.value = scene.value;
  }

  async function readPhoto(signal: AbortSignal): Promise<BrowserPhoto> {
    activity.value = "reading";
    const read = await (await enhancer()).read(file, { maxPixels: previewPixels, signal });
    if (signal.aborted) {
      read.close();
      throw signal.reason;
    }
    photo.value?.view.bitmap.close();
    photo.value = read;
    return read;
  }

  const stopLighting = effect(() => {
    const of = scene.value;
    const options = of && lightOptionsOf(settings.now.value, of);
    if (of && options) untracked(() => void light(of, options));
  });

  /** While one light is made, only the last wanted one waits. */
  let waiting: { readonly of: BrowserScene; readonly options: LightOptions } | undefined;
  let isLighting = false;
  async function light(of: BrowserScene, options: LightOptions): Promise<void> {
    waiting = { of, options };
    if (isLighting) return;
    isLighting = true;
    const { signal } = working;
    try {
      while (waiting) {
        const next: { readonly of: BrowserScene; readonly options: LightOptions } = waiting;
        waiting = undefined;
        const view = await next.of.relight(next.options);
        result.value?.bitmap.close();
        result.value = view;
        if (!waiting) activity.value = "ready";
      }
    } catch (reason) {
      fail(reason, signal);
    } finally {
      isLighting = false;
    }
  }

  void drawThumbnail(file).then(
    (drawn) => {
      thumbnail.value = drawn;
    },
    // The reader tells what is wrong with it.
    () => {
      isAwake.value = true;
    },
  );

  return {
    id: ++lastId,
    file,
    settings,
    isAwake,
    activity,
    progress,
    thumbnail,
    photo,
    result,
    scene,
    facts,
    analysisMs,
    error,
    cancel() {
      working.abort();
      activity.value = result.value ? "ready" : "cancelled";
    },
    retry() {
      attempt.value += 1;
    },
    close() {
      stopAnalysing();
      stopLighting();
      working.abort();
      release();
    },
  };
}
