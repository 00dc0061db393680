import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { formatNumber } from "../i18n/format-number.ts";
import { words } from "../i18n/language.ts";
import { collectFiles, mostFiles } from "../state/dropped-files.ts";
import { notify } from "../state/notices.ts";
import { openFiles } from "../state/studio.ts";

/** Opens photos that are dropped or pasted anywhere on the page; shows a veil while a file is over it. */
export function DropGround(): JSX.Element | null {
  const isOver = useSignal(false);
  // Before the first paint: until then the browser would leave the page for a dropped file.
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
      // Only leaving the page has no element that the pointer moves on to.
      if (!event.relatedTarget) isOver.value = false;
    });
    on("drop", (event) => {
      event.preventDefault();
      isOver.value = false;
      if (event.dataTransfer) void openDropped(event.dataTransfer);
    });
    return () => stop.abort();
  }, [isOver]);
  return isOver.value ? <div class="drop-veil">{words.value.dropHere}</div> : null;
}

async function openDropped(data: DataTransfer): Promise<void> {
  const isLink = data.types.includes("text/uri-list");
  const isFolder = [...data.items].some((item) => item.webkitGetAsEntry?.()?.isDirectory);
  const { files, isCut } = await collectFiles(data).catch(() => ({ files: [], isCut: false }));
  if (isCut) notify("error", words.peek().firstFiles(formatNumber(mostFiles)));
  if (files.length > 0) openFiles(files);
  else if (isFolder) notify("error", words.peek().emptyFolder);
  else if (isLink) notify("error", words.peek().linkDropped);
}
