// Types of the page: tests are checked without them otherwise.
/// <reference lib="dom" />
import {
  type BrowserEnhancer,
  type BrowserPhoto,
  type BrowserScene,
  defaultStrengths,
  type LightOptions,
  type View,
} from "@kindling/browser";

/** A call that waits for the test to answer it. */
interface FakeCall<Input, Value> {
  readonly input: Input;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((done: number) => void) | undefined;
  readonly answer: (value: Value) => Promise<void>;
  readonly fail: (reason: unknown) => Promise<void>;
}

/** An enhancer for tests: its calls wait to be answered, and it records what was closed. */
export interface FakeEnhancer {
  readonly enhancer: BrowserEnhancer;
  readonly reads: FakeCall<Blob, BrowserPhoto>[];
  readonly analyses: FakeCall<string | undefined, BrowserScene>[];
  readonly relights: FakeCall<LightOptions, View>[];
  /** Names of photos, scenes and views that were closed, in order. */
  readonly closed: string[];
  photo(name: string): BrowserPhoto;
  scene(name: string, facts?: Partial<BrowserScene>): BrowserScene;
  view(name: string): View;
}

/** Creates an enhancer whose photos and scenes have names. */
export function createFakeEnhancer(): FakeEnhancer {
  const reads: FakeEnhancer["reads"] = [];
  const analyses: FakeEnhancer["analyses"] = [];
  const relights: FakeEnhancer["relights"] = [];
  const closed: string[] = [];
  const close = (name: string) => () => void closed.push(name);

  const view = (name: string): View => ({
    bitmap: { width: 3, height: 2, close: close(`view ${name}`) },
    histogram: new Uint32Array(768),
  });
  return {
    enhancer: {
      methods: [],
      check: () => Promise.resolve(),
      read: (file, options) => queueCall(reads, file, options),
      enhance: () => Promise.reject(new Error("Photos are not written in tests of states.")),
      openVideo: () => Promise.reject(new Error("Videos are not opened in tests of states.")),
      close: close("enhancer"),
    },
    reads,
    analyses,
    relights,
    closed,
    photo: (name) => ({
      width: 3,
      height: 2,
      originalSize: { width: 30, height: 20 },
      format: "jpeg",
      depth: 8,
      notes: [],
      view: view(`of ${name}`),
      analyse: (options) => queueCall(analyses, options?.method, options),
      close: close(name),
    }),
    scene: (name, facts) => ({
      autoLight: 2,
      strengths: [],
      defaultStrengths,
      hasMaps: false,
      options: {},
      hasOwnLight: false,
      relight({ signal, onProgress, ...options } = {}) {
        return queueCall(relights, options, { signal, onProgress });
      },
      maps: () => Promise.reject(new Error(`${name} has no maps.`)),
      save: () => Promise.reject(new Error(`${name} is not saved in tests.`)),
      estimate: () => Promise.reject(new Error(`${name} is not saved in tests.`)),
      close: close(name),
      ...facts,
    }),
    view,
  };
}

interface Following {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number) => void) | undefined;
}

function queueCall<Input, Value>(
  calls: FakeCall<Input, Value>[],
  input: Input,
  { signal, onProgress }: Following = {},
): Promise<Value> {
  return new Promise((resolve, reject) => {
    calls.push({
      input,
      signal,
      onProgress,
      answer: (value) => settle(() => resolve(value)),
      fail: (reason) => settle(() => reject(reason)),
    });
  });
}

/** Settles a promise and waits until everything that depends on it ran. */
function settle(act: () => void): Promise<void> {
  act();
  return waitForCalls();
}

/** Waits until all promises that are settled were followed. */
export function waitForCalls(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
