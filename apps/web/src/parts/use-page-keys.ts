import { useEffect } from "preact/hooks";
import { current, isHoldingOriginal } from "../state/studio.ts";

/** Key that shows the photo as it was while it is held, as in other photo programs. */
const originalKey = "\\";

/** Lets Ctrl+Z (Cmd+Z) undo and Ctrl+Shift+Z redo changes of the photo on the stage, and a held backslash show it as it was. */
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
        if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        const settings = current.peek()?.settings;
        if (event.shiftKey) settings?.redo();
        else settings?.undo();
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
