import { type BrowserEnhancer, type BrowserPhoto, type BrowserScene, isVideoFile, type View } from "@kindling/browser";
import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import { type Activity, deriveActivity, deriveProgress, findFailure } from "./activity.ts";
import { type Clip, createClip } from "./clip.ts";
import { createHistory, type History } from "./history.ts";
import { inspectPhoto, isFault } from "./inspect-photo.ts";
import { deriveLightOptions, type SceneFacts } from "./light-options.ts";
import { createPhotoAnalyser } from "./photo-analyser.ts";
import { createPhotoLighter } from "./photo-lighter.ts";
import { createPhotoPreviewer } from "./photo-previewer.ts";
import { createPhotoReader, type PhotoReader } from "./photo-reader.ts";
import { createSettings, type Settings } from "./settings.ts";

/** A photo on the page. */
export interface OpenPhoto {
  readonly id: number;
  readonly file: File;
  /** The video that the photo is a frame of; undefined for a photo. */
  readonly clip: Clip | undefined;
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
  /** What is wrong with the file itself; undefined as far as is known. */
  readonly fault: ReadonlySignal<unknown>;
  /** Settings by which it was saved last; undefined before. */
  readonly savedSettings: Signal<Settings | undefined>;
  /** The photo lit quickly, until the method's own picture is there; undefined where it is not made. */
  readonly preview: ReadonlySignal<View | undefined>;
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
  /** Forgets what a worker held of it that has ended; while it is awake it is read again. */
  readonly renew: () => void;
  readonly close: () => void;
}

let lastId = 0;

/**
 * Opens a photo. While it is awake it is read, analysed with the method of its settings and lit by them: another method
 * repeats the analysis, other changes only the light.
 *
 * @param isSlow tells the methods that a quick preview is worth while for.
 */
export function openPhoto(
  file: File,
  getEnhancer: () => Promise<BrowserEnhancer>,
  firstMethod: string | undefined,
  isSlow: (method: string | undefined) => boolean = () => false,
): OpenPhoto {
  const settings = createHistory(createSettings(firstMethod));
  const isAwake = signal(false);
  const thumbnail = signal<ImageBitmap | undefined>(undefined);
  const clip = isVideoFile(file) ? createClip(file) : undefined;
  const reader = createPhotoReader(file, getEnhancer, clip);
  const analyser = createPhotoAnalyser();
  const lighter = createPhotoLighter();
  const previewer = createPhotoPreviewer();
  const fault = signal<unknown>(undefined);

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
    ...(clip ? [clip.seconds.subscribe(rereadLater(reader))] : []),
    effect(() => {
      const [photo, name] = [held.value, method.value];
      untracked(() => {
        if (!photo) return analyser.release();
        if (!lighter.state.value.latest && isSlow(name)) previewer.preview(photo);
        analyser.analyse(photo, name);
      });
    }),
    effect(() => {
      // It stays beneath for as long as the one picture fades into the other.
      if (lighter.state.value.latest) untracked(previewer.cancel);
    }),
    effect(() => {
      void settings.now.value;
      untracked(scene.value ? light : lighter.cancel);
    }),
  ];

  void inspectPhoto(file, getEnhancer, clip).then(
    (drawn) => {
      thumbnail.value = drawn;
    },
    // Other failures, as of a connection, show when the photo is on the stage.
    (reason) => {
      if (isFault(reason)) fault.value = reason;
    },
  );

  function cancel(): void {
    reader.cancel();
    previewer.cancel();
    analyser.cancel();
    lighter.cancel();
  }

  return {
    id: ++lastId,
    file,
    clip,
    settings,
    isAwake,
    activity: computed(() => deriveActivity(tasks.value)),
    progress: computed(() => deriveProgress(tasks.value)),
    error: computed(() => findFailure(tasks.value)?.reason),
    thumbnail,
    fault: computed(() => fault.value),
    savedSettings: signal<Settings | undefined>(undefined),
    preview: computed(() => previewer.state.value.latest),
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
    renew() {
      cancel();
      analyser.release();
      reader.release();
      if (isAwake.peek()) reader.read();
    },
    close() {
      for (const dispose of disposals) dispose();
      cancel();
      analyser.release();
      reader.release();
      previewer.clear();
      clip?.close();
    },
  };
}

/** Reads a clip's frame again when another time is chosen. The first call reports the time shown already, which changes nothing. */
function rereadLater(reader: PhotoReader): () => void {
  let isFirst = true;
  return () => {
    if (!isFirst) {
      reader.release();
      reader.read();
    }
    isFirst = false;
  };
}
