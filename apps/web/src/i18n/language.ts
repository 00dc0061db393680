import { computed, effect, signal } from "@preact/signals";
import { readPreference, writePreference } from "../storage/preferences.ts";
import { en, type Words, zh } from "./words.ts";

/** The languages of the page, each named in itself. */
export const languages = { en: "English", zh: "中文" } as const;

/** A language of the page. */
export type Language = keyof typeof languages;

const kept = readPreference("language");
const preferred = kept ?? navigator.language;

/** The current language: the chosen one, or the browser's where the page has it, or English. */
export const language = signal<Language>(preferred.startsWith("zh") ? "zh" : "en");

/** The texts in the current language. */
export const words = computed<Words>(() => (language.value === "zh" ? zh : en));

effect(() => {
  document.documentElement.lang = language.value === "zh" ? "zh-Hans" : "en";
});

/** Changes the language and keeps the choice. */
export function changeLanguage(next: Language): void {
  language.value = next;
  writePreference("language", next);
}
