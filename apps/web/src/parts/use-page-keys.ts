import { useEffect } from "preact/hooks";
import { current, isHoldingOriginal } from "../state/studio.ts";

/** Key that shows the photo as it was while it is held, as in other photo programs. */
const originalKey = "\\";

/**
 * Lets Ctrl+Z (Cmd+Z) undo and Ctrl+Shift+Z or Ctrl+Y redo changes of the photo on the stage, and a held backslash show it as it
 * was.
 */
export function usePageKeys(): void {
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    // The key itself: let go after AltGr or Shift, it stands for another character.
    let heldCode: string | undefined;
    document.addEventListener(
      "keydown",
      (event) => {
        if (event.key === originalKey) {
          heldCode = event.code;
          isHoldingOriginal.value = true;
        }
        const change = changeOf(event);
        if (!change) return;
        event.preventDefault();
        current.peek()?.settings[change]();
      },
      { signal },
    );
    const release = () => {
      heldCode = undefined;
      isHoldingOriginal.value = false;
    };
    document.addEventListener("keyup", ({ code }) => code === heldCode && release(), { signal });
    addEventListener("blur", release, { signal });
    return () => stop.abort();
  }, []);
}

/** What a key does to the changes. Cmd+Y belongs to the browser. */
function changeOf({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): "undo" | "redo" | undefined {
  const letter = key.toLowerCase();
  if (letter === "z" && (ctrlKey || metaKey)) return shiftKey ? "redo" : "undo";
  return letter === "y" && ctrlKey ? "redo" : undefined;
}
