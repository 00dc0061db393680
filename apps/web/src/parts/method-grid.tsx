import type { View } from "@kindling/browser";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { words } from "../i18n/language.ts";
import { describeMethod } from "../state/describe-method.ts";
import { lightByAll } from "../state/method-pictures.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { readReduced } from "../state/photo-reader.ts";
import { findMethod, getEnhancer, methods, viewMode } from "../state/studio.ts";
import { Picture } from "./picture.tsx";

/** Pixels of each picture: enough to choose by. */
const gridPixels = 150_000;

/** The photo as each method enhances it, side by side; pressing one chooses it. */
export function MethodGrid({ photo }: { photo: OpenPhoto }): JSX.Element {
  const say = words.value;
  const views = useSignal<ReadonlyMap<string, View | undefined>>(new Map());
  const before = photo.photo.value?.view.bitmap;
  const { frame } = photo.settings.now.value;
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const read = async () => readReduced(await getEnhancer(), photo, { maxPixels: gridPixels, signal });
    const show = (name: string, view: View | undefined) => {
      views.value = new Map(views.value).set(name, view);
    };
    // A photo that can no longer be read leaves the places empty: the stage shows the error.
    lightByAll(read, methods.peek(), findMethod(photo)?.name, signal, show).catch(() => undefined);
    return () => {
      stop.abort();
      for (const view of views.peek().values()) view?.bitmap.close();
      views.value = new Map();
    };
  }, [photo, views, photo.clip?.seconds.value]);
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
                <span class="waiting" data-failed={views.value.has(name)}>
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
