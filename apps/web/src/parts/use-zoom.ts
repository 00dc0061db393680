import createPanzoom, { type PanzoomObject } from "@panzoom/panzoom";
import { type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { isZoomed } from "../state/studio.ts";

/** Position of the photo (px of the page, before scaling) and its enlargement. */
interface Placement {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** The photo fitted to the stage. */
const fitted: Placement = { scale: 1, x: 0, y: 0 };
const maxScale = 16;

/** Distance that an arrow key moves the photo (px of the page). */
const arrowStep = 80;
const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Zoom and pan of the photo. */
export interface Zoom {
  readonly placement: Signal<Placement>;
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
  /** Handles a key over the photo: plus, minus and 0 zoom, arrows move an enlarged photo. */
  onKey(event: KeyboardEvent): void;
}

/**
 * Lets wheel, touch and pointer zoom and move an element.
 *
 * @param key identifies what is shown; another key starts fitted again.
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
        // A fitted photo is not moved.
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
  const zoomIn = () => void panzoom.current?.zoomIn();
  const zoomOut = () => void panzoom.current?.zoomOut();
  const fit = () => void panzoom.current?.reset();
  const move = ([across, down]: readonly [number, number]) => {
    const { scale, x, y } = placement.peek();
    const box = element.current;
    if (!box || scale === 1) return;
    // The photo always covers the middle of the stage.
    const within = (value: number, length: number) => Math.min(length / 2, Math.max(-length / 2, value));
    const step = arrowStep / scale;
    panzoom.current?.pan(within(x + across * step, box.offsetWidth), within(y + down * step, box.offsetHeight));
  };
  const keys: Readonly<Record<string, () => void>> = { "+": zoomIn, "=": zoomIn, "-": zoomOut, 0: fit };
  return {
    placement,
    zoomIn,
    zoomOut,
    fit,
    onKey(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const arrow = arrows[event.key];
      // The divider and other controls inside use arrow keys themselves.
      if (arrow && event.target === event.currentTarget) move(arrow);
      else if (Object.hasOwn(keys, event.key)) keys[event.key]?.();
      else return;
      event.preventDefault();
    },
  };
}
