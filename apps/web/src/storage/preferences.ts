/** Preferences that the page keeps in the browser's storage. */
type PreferenceName = "language" | "theme" | "format" | "quality" | "quick" | "withoutPlace";

/** Reads a preference; undefined where none was kept or storage is off. */
export function readPreference(name: PreferenceName): string | undefined {
  try {
    return localStorage.getItem(`kindling.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a preference; without effect where storage is off. */
export function writePreference(name: PreferenceName, value: string): void {
  try {
    localStorage.setItem(`kindling.${name}`, value);
  } catch {
    // Private windows of some browsers refuse: the preference then lasts until the page is closed.
  }
}
