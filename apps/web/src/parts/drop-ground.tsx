import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { words } from "../i18n/language.ts";
import { openFiles } from "../state/studio.ts";

/** Takes photos that are dropped or pasted anywhere on the page, and shows that it would. */
export function DropGround(): JSX.Element | null {
  const isOver = useSignal(false);
  // Before the page is drawn: a browser leaves it for a file that nobody takes.
  useLayoutEffect(() => {
    const stop = new AbortController();
    const on = <Name extends keyof DocumentEventMap>(name: Name, act: (event: DocumentEventMap[Name]) => void) =>
      document.addEventListener(name, act, { signal: stop.signal });
    on("paste", (event) => openFiles(event.clipboardData?.files ?? []));
    on("dragover", (event) => {
      event.preventDefault();
      isOver.value = event.dataTransfer?.types.includes("Files") ?? false;
    });
    on("dragleave", (event) => {
      // Within the page there is always an element that the pointer goes on to.
      if (!event.relatedTarget) isOver.value = false;
    });
    on("drop", (event) => {
      event.preventDefault();
      isOver.value = false;
      openFiles(event.dataTransfer?.files ?? []);
    });
    return () => stop.abort();
  }, [isOver]);
  return isOver.value ? <div class="drop-veil">{words.value.dropHere}</div> : null;
}
