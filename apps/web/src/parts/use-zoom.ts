import createPanzoom, { type PanzoomObject } from "@panzoom/panzoom";
import { type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { isZoomed } from "../state/studio.ts";

/** How far the photo is moved (px of the page, before scaling) and how much it is enlarged. */
interface Placement {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** The photo as it fits the screen. */
const fitted: Placement = { scale: 1, x: 0, y: 0 };
const maxScale = 16;

/** Zoom and pan of the photo. */
export interface Zoom {
  readonly placement: Signal<Placement>;
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
}

/**
 * Lets wheel, fingers and pointer zoom and move an element.
 *
 * @param key of what is shown: another one is shown fitted again.
 */
export function useZoom(element: RefObject<HTMLElement>, key: unknown): Zoom {
  const placement = useSignal<Placement>(fitted);
  const panzoom = useRef<PanzoomObject | undefined>(undefined);
  useEffect(() => {
    const target = element.current;
    const ground = target?.parentElement;
    if (!target || !ground) return;
    placement.value = fitted;
    isZoomed.value = false;
    const made = createPanzoom(target, {
      canvas: true,
      maxScale,
      minScale: 1,
      step: 0.35,
      panOnlyWhenZoomed: true,
      cursor: "default",
      overflow: "hidden",
      setTransform: (_, { scale, x, y }) => {
        // Fitted again, nothing is left to have moved.
        placement.value = scale <= 1.001 ? fitted : { scale, x, y };
        isZoomed.value = placement.value.scale > 1;
        if (scale <= 1.001 && (x !== 0 || y !== 0)) queueMicrotask(() => made.pan(0, 0, { force: true }));
      },
    });
    panzoom.current = made;
    const onWheel = (event: WheelEvent) => made.zoomWithWheel(event, { animate: false });
    ground.addEventListener("wheel", onWheel, { passive: false });
    return () => {
      ground.removeEventListener("wheel", onWheel);
      made.destroy();
      panzoom.current = undefined;
    };
  }, [element, key, placement]);
  return {
    placement,
    zoomIn: () => void panzoom.current?.zoomIn(),
    zoomOut: () => void panzoom.current?.zoomOut(),
    fit: () => void panzoom.current?.reset(),
  };
}
