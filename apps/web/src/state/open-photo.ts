import type { BrowserEnhancer, BrowserPhoto, BrowserScene, View } from "@kindling/browser";
import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import { type Activity, deriveActivity, deriveProgress, findFailure } from "./activity.ts";
import { drawThumbnail } from "./draw-thumbnail.ts";
import { createHistory, type History } from "./history.ts";
import { deriveLightOptions, type SceneFacts } from "./light-options.ts";
import { createPhotoAnalyser } from "./photo-analyser.ts";
import { createPhotoLighter } from "./photo-lighter.ts";
import { createPhotoReader } from "./photo-reader.ts";
import { createSettings, type Settings } from "./settings.ts";

/** A photo on the page. */
export interface OpenPhoto {
  readonly id: number;
  readonly file: File;
  readonly settings: History<Settings>;
  /** Whether the worker holds it and works on it: true of the photos that were on the stage last. */
  readonly isAwake: Signal<boolean>;
  readonly activity: ReadonlySignal<Activity>;
  /** Share of the activity that is done, 0 to 1; undefined where it is unknown. */
  readonly progress: ReadonlySignal<number | undefined>;
  /** Reason of a failure; undefined once the work is tried again. */
  readonly error: ReadonlySignal<unknown>;
  /** A small picture of the file; undefined until it is drawn. */
  readonly thumbnail: ReadonlySignal<ImageBitmap | undefined>;
  /** The photo as it was read last; undefined before. */
  readonly photo: ReadonlySignal<BrowserPhoto | undefined>;
  /** The scene to light; undefined before the first analysis and while the photo is not awake. */
  readonly scene: ReadonlySignal<BrowserScene | undefined>;
  /** Facts of the analysis with the method of the settings, also after it was released; undefined before. */
  readonly facts: ReadonlySignal<SceneFacts | undefined>;
  /** Duration of the analysis with the current method (ms). */
  readonly analysisMs: ReadonlySignal<number>;
  /** The photo as it was lit last; undefined before. */
  readonly result: ReadonlySignal<View | undefined>;
  /** Stops the activity; earlier results stay. */
  readonly cancel: () => void;
  /** Repeats what failed or was cancelled. */
  readonly retry: () => void;
  readonly close: () => void;
}

let lastId = 0;

/**
 * Opens a photo. While it is awake it is read, analysed with the method of its settings and lit by them: another method
 * repeats the analysis, other changes only the light.
 */
export function openPhoto(
  file: File,
  getEnhancer: () => Promise<BrowserEnhancer>,
  firstMethod: string | undefined,
): OpenPhoto {
  const settings = createHistory(createSettings(firstMethod));
  const isAwake = signal(false);
  const thumbnail = signal<ImageBitmap | undefined>(undefined);
  const reader = createPhotoReader(file, getEnhancer);
  const analyser = createPhotoAnalyser();
  const lighter = createPhotoLighter();

  const method = computed(() => settings.now.value.method);
  const held = computed(() => (reader.state.value.status === "ready" ? reader.state.value.latest : undefined));
  const scene = computed(() => analyser.state.value.latest?.scene);
  const tasks = computed(() => ({
    reading: reader.state.value,
    analysing: analyser.state.value,
    lighting: lighter.state.value,
  }));

  function light(): void {
    const analysed = scene.peek();
    if (analysed) lighter.light(analysed, deriveLightOptions(settings.now.peek(), analysed));
  }

  const disposals = [
    effect(() => {
      // Another method also repeats a reading that failed or was cancelled.
      void method.value;
      untracked(isAwake.value ? reader.read : reader.release);
    }),
    effect(() => {
      const [photo, name] = [held.value, method.value];
      untracked(() => (photo ? analyser.analyse(photo, name) : analyser.release()));
    }),
    effect(() => {
      void settings.now.value;
      untracked(scene.value ? light : lighter.cancel);
    }),
  ];

  void drawThumbnail(file).then(
    (drawn) => {
      thumbnail.value = drawn;
    },
    // Reading the file shows what is wrong with it.
    () => {
      isAwake.value = true;
    },
  );

  function cancel(): void {
    reader.cancel();
    analyser.cancel();
    lighter.cancel();
  }

  return {
    id: ++lastId,
    file,
    settings,
    isAwake,
    activity: computed(() => deriveActivity(tasks.value)),
    progress: computed(() => deriveProgress(tasks.value)),
    error: computed(() => findFailure(tasks.value)?.reason),
    thumbnail,
    photo: computed(() => reader.state.value.latest),
    scene,
    facts: computed(() => {
      const { latest } = analyser.state.value;
      return latest?.method === method.value ? latest?.facts : undefined;
    }),
    analysisMs: computed(() => analyser.state.value.latest?.durationMs ?? 0),
    result: computed(() => lighter.state.value.latest?.view),
    cancel,
    retry() {
      const photo = held.peek();
      if (!photo) reader.read();
      else if (analyser.state.peek().status !== "ready") analyser.analyse(photo, method.peek());
      else light();
    },
    close() {
      for (const dispose of disposals) dispose();
      cancel();
      analyser.release();
      reader.release();
    },
  };
}
