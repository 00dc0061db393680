import { effect, signal } from "@preact/signals";
import { readPreference, writePreference } from "../storage/preferences.ts";

/** Colours of the page around the photo. */
export type Theme = "dark" | "light";

const kept = readPreference("theme");
const system: Theme = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";

/** The current theme: the chosen one, or the system's. */
export const theme = signal<Theme>(kept === "light" || kept === "dark" ? kept : system);

effect(() => {
  document.documentElement.dataset["theme"] = theme.value;
});

/** Switches between the themes and keeps the choice. */
export function switchTheme(): void {
  theme.value = theme.value === "dark" ? "light" : "dark";
  writePreference("theme", theme.value);
}
