import { type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

/** Width and height on the page (px). */
export interface Box {
  readonly width: number;
  readonly height: number;
}

/** Observes the inner size of an element; undefined before it is on the page. */
export function useBox(element: RefObject<HTMLElement>): Signal<Box | undefined> {
  const box = useSignal<Box | undefined>(undefined);
  useLayoutEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) box.value = { width: entry.contentRect.width, height: entry.contentRect.height };
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, box]);
  return box;
}
