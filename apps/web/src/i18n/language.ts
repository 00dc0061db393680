import { computed, effect, signal } from "@preact/signals";
import { readPreference, writePreference } from "../state/preferences.ts";
import { en, type Words } from "./en.ts";
import { zh } from "./zh.ts";

/** The languages of the page, each named in itself. */
export const languages = { en: "English", zh: "中文" } as const;

/** A language the page speaks. */
export type Language = keyof typeof languages;

const kept = readPreference("language");
const preferred = kept ?? navigator.language;

/** The language the page speaks now: the chosen one, or the browser's where the page knows it. */
export const language = signal<Language>(preferred.startsWith("zh") ? "zh" : "en");

/** The words of that language. */
export const words = computed<Words>(() => (language.value === "zh" ? zh : en));

effect(() => {
  document.documentElement.lang = language.value === "zh" ? "zh-Hans" : "en";
});

/** Changes the language and remembers it. */
export function speak(next: Language): void {
  language.value = next;
  writePreference("language", next);
}
