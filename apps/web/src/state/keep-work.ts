import { saving } from "./saving.ts";
import { photos } from "./studio.ts";

/** Lets the browser ask before a page is left whose photos have changes that were not saved, or that is saving. */
export function keepWork(): void {
  addEventListener("beforeunload", (event) => {
    const isChanged = photos
      .peek()
      .some(({ settings, savedSettings }) => settings.canUndo.peek() && savedSettings.peek() !== settings.now.peek());
    if (isChanged || saving.peek()) event.preventDefault();
  });
}
