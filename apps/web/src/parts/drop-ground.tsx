import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { words } from "../i18n/language.ts";
import { current, openFiles } from "../state/studio.ts";

/** The page as a place where photos are dropped and pasted, and where keys undo. */
export function DropGround({ children }: { children: ComponentChildren }): JSX.Element {
  const isOver = useSignal(false);
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => openFiles(event.clipboardData?.files ?? []);
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      if (event.shiftKey) current.peek()?.settings.redo();
      else current.peek()?.settings.undo();
    };
    document.addEventListener("paste", onPaste);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("paste", onPaste);
      document.removeEventListener("keydown", onKey);
    };
  }, []);
  return (
    <div
      class="page"
      data-over={isOver.value}
      onDragOver={(event) => {
        event.preventDefault();
        isOver.value = event.dataTransfer?.types.includes("Files") ?? false;
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node)) isOver.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        isOver.value = false;
        openFiles(event.dataTransfer?.files ?? []);
      }}
    >
      {children}
      {isOver.value && <div class="drop-veil">{words.value.dropHere}</div>}
    </div>
  );
}
