import type { BrowserPhoto, View } from "@kindling/browser";

/** A method as far as its picture goes: its name, and the bytes to fetch for it. */
interface ShownMethod {
  readonly name: string;
  readonly bytes: number;
}

/**
 * Lights a photo by each method: first by the one that is in use, then by those that need no fetching, each as soon as the one
 * before is done.
 *
 * @param read reads the photo; it is closed with the last method.
 * @param show receives each picture, whose bitmap is then its own; undefined for a method that failed.
 */
export async function lightByAll(
  read: () => Promise<BrowserPhoto>,
  methods: readonly ShownMethod[],
  current: string | undefined,
  signal: AbortSignal,
  show: (name: string, view: View | undefined) => void,
): Promise<void> {
  const photo = await read();
  photo.view.bitmap.close();
  try {
    const rank = ({ name, bytes }: ShownMethod) => (name === current ? -1 : bytes);
    for (const { name } of methods.toSorted((a, b) => rank(a) - rank(b))) {
      // One that fails, as where a file cannot be fetched, does not take the others along; choosing it shows the error.
      const view = await lightOnce(photo, name, signal).catch(() => undefined);
      if (signal.aborted) return view?.bitmap.close();
      show(name, view);
    }
  } finally {
    photo.close();
  }
}

async function lightOnce(photo: BrowserPhoto, method: string, signal: AbortSignal): Promise<View> {
  const scene = await photo.analyse({ method, signal });
  try {
    return await scene.relight({ signal });
  } finally {
    scene.close();
  }
}
