import type { BrowserPhoto, View } from "@kindling/browser";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { words } from "../i18n/language.ts";
import { describeMethod } from "../state/describe-method.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { findMethod, getEnhancer, methods, viewMode } from "../state/studio.ts";
import { Picture } from "./picture.tsx";

/** Pixels of each picture: enough to choose by. */
const gridPixels = 150_000;

/** The photo as each method enhances it, side by side; pressing one chooses it. */
export function MethodGrid({ photo }: { photo: OpenPhoto }): JSX.Element {
  const say = words.value;
  const views = useSignal<ReadonlyMap<string, View>>(new Map());
  const before = photo.photo.value?.view.bitmap;
  const { frame } = photo.settings.now.value;
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    void showAllMethods(photo, signal, (name, view) => {
      views.value = new Map(views.value).set(name, view);
    });
    return () => {
      stop.abort();
      for (const { bitmap } of views.peek().values()) bitmap.close();
    };
  }, [photo, views]);
  return (
    <ul class="method-grid" aria-label={say.viewMethods}>
      {methods.value.map((method) => {
        const { name } = method;
        const { title } = describeMethod(method);
        const view = views.value.get(name);
        return (
          <li key={name}>
            <button
              type="button"
              aria-label={say.methodOf(title)}
              aria-current={findMethod(photo)?.name === name}
              onClick={() => {
                photo.settings.settle({ ...photo.settings.now.peek(), method: name });
                viewMode.value = "compare";
              }}
            >
              {view ? (
                <Picture bitmap={view.bitmap} label={title} frame={frame} />
              ) : (
                <span class="waiting">
                  {before && <Picture bitmap={before} label={say.before} heightPx={240} frame={frame} />}
                </span>
              )}
              <span class="method-name">{title}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

async function showAllMethods(
  photo: OpenPhoto,
  signal: AbortSignal,
  show: (name: string, view: View) => void,
): Promise<void> {
  let small: BrowserPhoto | undefined;
  try {
    small = await (await getEnhancer()).read(photo.file, { maxPixels: gridPixels, signal });
    small.view.bitmap.close();
    // What needs no fetching comes first.
    const inOrder = methods.peek().toSorted((a, b) => a.bytes - b.bytes);
    for (const { name } of inOrder) {
      const scene = await small.analyse({ method: name, signal });
      const view = await scene.relight();
      scene.close();
      if (signal.aborted) return view.bitmap.close();
      show(name, view);
    }
  } catch {
    // A method that fails here leaves its place empty; choosing it shows the error.
  } finally {
    small?.close();
  }
}
