import { computed, effect, signal } from "@preact/signals";
import { readPreference, writePreference } from "../storage/preferences.ts";
import { en } from "./en.ts";
import type { Words } from "./words.ts";

/** The languages of the page, each named in itself, with how its texts are loaded; English comes with the page. */
const languageFiles = {
  en: { name: "English", load: async () => en },
  de: { name: "Deutsch", load: async () => (await import("./de.ts")).de },
  es: { name: "Español", load: async () => (await import("./es.ts")).es },
  ja: { name: "日本語", load: async () => (await import("./ja.ts")).ja },
  ko: { name: "한국어", load: async () => (await import("./ko.ts")).ko },
  zh: { name: "中文", load: async () => (await import("./zh.ts")).zh },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly load: () => Promise<Words> }>>;

/** A language of the page. */
export type Language = keyof typeof languageFiles;

/** The languages to choose from. */
export const languages = Object.entries(languageFiles).map(([code, { name }]) => ({ code: code as Language, name }));

const state = signal<{ readonly language: Language; readonly words: Words }>({ language: "en", words: en });

/** The current language. */
export const language = computed(() => state.value.language);

/** The texts in the current language. */
export const words = computed(() => state.value.words);

effect(() => {
  document.documentElement.lang = language.value === "zh" ? "zh-Hans" : language.value;
});

/** Shows the page in the language that was chosen last, or the first of the browser's that it has, or English. */
export async function restoreLanguage(): Promise<void> {
  const wanted = [readPreference("language") ?? "", ...navigator.languages];
  const found = wanted.map((name) => languages.find(({ code }) => name.startsWith(code))?.code).find(Boolean);
  await showLanguage(found ?? "en");
}

/** Changes the language and keeps the choice. */
export function changeLanguage(next: Language): void {
  writePreference("language", next);
  void showLanguage(next);
}

async function showLanguage(next: Language): Promise<void> {
  try {
    state.value = { language: next, words: await languageFiles[next].load() };
  } catch {
    // Its file could not be fetched: the page stays in the language that it has.
  }
}
