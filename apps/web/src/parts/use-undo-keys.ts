import { useEffect } from "preact/hooks";
import { current } from "../state/studio.ts";

/** Lets Ctrl+Z (Cmd+Z) undo and Ctrl+Shift+Z redo changes of the photo on the stage. */
export function useUndoKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      const settings = current.peek()?.settings;
      if (event.shiftKey) settings?.redo();
      else settings?.undo();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
