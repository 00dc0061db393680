import { type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

/** Shows an element alone on the screen. */
export interface FullScreen {
  /** False on phones that give only videos the screen. */
  readonly isOffered: boolean;
  readonly isOn: Signal<boolean>;
  readonly toggle: () => void;
}

/** Lets an element take the whole screen and give it back; Escape does so too. */
export function useFullScreen(element: RefObject<HTMLElement>): FullScreen {
  const isOn = useSignal(false);
  useEffect(() => {
    const follow = () => {
      isOn.value = document.fullscreenElement === element.current;
    };
    document.addEventListener("fullscreenchange", follow);
    return () => document.removeEventListener("fullscreenchange", follow);
  }, [element, isOn]);
  return {
    isOffered: document.fullscreenEnabled,
    isOn,
    toggle() {
      // A refusal leaves everything as it is.
      const done = isOn.peek() ? document.exitFullscreen() : element.current?.requestFullscreen();
      done?.catch(() => undefined);
    },
  };
}
