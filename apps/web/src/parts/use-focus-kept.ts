import { useSignalEffect } from "@preact/signals";
import { current } from "../state/studio.ts";

/**
 * Gives the focus a place where what had it is gone: the photo that comes onto the stage, or the button that chooses photos
 * once the last is closed. Otherwise people with a keyboard begin at the top of the page again.
 */
export function useFocusKept(): void {
  useSignalEffect(() => {
    const isOpen = current.value !== undefined;
    // After the page was drawn anew.
    requestAnimationFrame(() => {
      if (document.activeElement && document.activeElement !== document.body) return;
      const place = document.querySelector<HTMLElement>(isOpen ? ".stage" : ".welcome .main-button");
      // Nothing was chosen yet on a page just loaded: its beginning is the right place.
      if (isOpen || wasOpen) place?.focus({ preventScroll: true });
      wasOpen = isOpen;
    });
  });
}

let wasOpen = false;
