import { effect, signal } from "@preact/signals";
import { readPreference, writePreference } from "./preferences.ts";

/** How the page around the photo looks. */
export type Theme = "dark" | "light";

const kept = readPreference("theme");
const system: Theme = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";

/** The theme now: the chosen one, or the system's. */
export const theme = signal<Theme>(kept === "light" || kept === "dark" ? kept : system);

effect(() => {
  document.documentElement.dataset["theme"] = theme.value;
});

/** Changes the theme and remembers it. */
export function switchTheme(): void {
  theme.value = theme.value === "dark" ? "light" : "dark";
  writePreference("theme", theme.value);
}
